package broken.cycle.one;

import broken.cycle.two.Two;

public class One {
    public Two two() {
        return new Two();
    }
}
