package cctvout.status;

/**
 * How other cameras that share something with the one in question just did.
 *
 * @param key what they share: {@code line:L-17}, {@code site:S-3}, {@code net:10.1.2.0/24} or
 *     {@code server:HOST}
 * @param checked others that were looked at since this one began to deviate
 * @param failed of those, in the same way
 */
public record Siblings(String key, int checked, int failed) {}
