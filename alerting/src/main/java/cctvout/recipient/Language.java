package cctvout.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Locale;

/** What a recipient reads. */
public enum Language {
    @JsonProperty("ko")
    KO(Locale.KOREAN),
    @JsonProperty("en")
    EN(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }
}
