package cctvout.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;

import java.util.List;

/** A name and a password as somebody gave them, and from where; not yet believed. */
final class PasswordLogin extends AbstractAuthenticationToken {

    private final String name;
    private final transient String password;
    private final String address;

    PasswordLogin(String name, String password, String address) {
        super(List.of());
        this.name = name;
        this.password = password;
        this.address = address;
    }

    @Override
    public String getPrincipal() {
        return name;
    }

    @Override
    public String getCredentials() {
        return password;
    }

    String address() {
        return address;
    }
}
