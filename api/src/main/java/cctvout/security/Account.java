package cctvout.security;

/**
 * One who may log in.
 *
 * @param passwordHash with the name of its method in front, such as <code>{bcrypt}</code>
 */
record Account(String name, String passwordHash) {

    static final String ADMIN = "admin";

    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
