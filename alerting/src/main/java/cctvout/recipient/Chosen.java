package cctvout.recipient;

/** Somebody who is to be told, and why it is them. */
public record Chosen(Recipient recipient, String reason) {}
