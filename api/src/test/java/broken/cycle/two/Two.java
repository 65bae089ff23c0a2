package broken.cycle.two;

import broken.cycle.one.One;

public class Two {
    public One one() {
        return new One();
    }
}
