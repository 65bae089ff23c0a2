package cctvout.settings;

/**
 * The range that each setting of a group is held to.
 *
 * @param group such as {@code cctvout.probe.icmp}
 */
public record Limits(String group) {

    /**
     * Both ends are in it.
     *
     * @throws IllegalArgumentException that names the setting and the limits
     */
    public <T extends Comparable<T>> void check(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s.%s is %s, not between %s and %s"
                            .formatted(group, name, value, least, most));
        }
    }

    /** The same of whole numbers. */
    public void check(String name, long value, long least, long most) {
        check(name, Long.valueOf(value), Long.valueOf(least), Long.valueOf(most));
    }
}
