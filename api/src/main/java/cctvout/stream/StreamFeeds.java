package cctvout.stream;

/** What all clients read from. */
record StreamFeeds(EventRing ring, ReplayPages replays, PassingEvents passing) {}
