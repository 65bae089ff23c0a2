package cctvout.icmp;

/**
 * SipHash-2-4 of one 64-bit number (Aumasson and Bernstein, 2012): tokens that nobody can foretell
 * without the key, at a few nanoseconds each and without reading from a random device.
 */
record SipHash(long k0, long k1) {

    long of(long number) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        long length = 8L << 56;
        for (int step = 0; step < 8; step++) {
            switch (step) {
                case 0 -> v3 ^= number;
                case 2 -> {
                    v0 ^= number;
                    v3 ^= length;
                }
                case 4 -> {
                    v0 ^= length;
                    v2 ^= 0xff;
                }
                default -> {}
            }
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
