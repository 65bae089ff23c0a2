package cctvout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

class MainTest {

    private static final int CLASS_FILE_OF_JAVA_17 = 61;

    @Test
    void anOlderJdkCanReadIt() throws IOException {
        try (InputStream file = Main.class.getResourceAsStream("Main.class");
                DataInputStream data = new DataInputStream(Objects.requireNonNull(file))) {
            data.skipNBytes(6);
            assertThat(data.readUnsignedShort()).isEqualTo(CLASS_FILE_OF_JAVA_17);
        }
    }

    @Test
    void aSlipOfACommandIsNoWishForAServer() {
        assertThat(new String[] {"check", "chek", "simulate", "help", "--help", "-V", "a.csv"})
                .allMatch(Main::isCommand);
        assertThat(new String[] {"--server.port=0", "serve", "--debug", ""})
                .noneMatch(Main::isCommand);
    }

    @Test
    void saysWhichJdkIsNeeded() {
        assertThat(Main.refusal(Runtime.Version.parse("17.0.15+6"), "/opt/jdk-17"))
                .contains("needs JDK 25")
                .contains("17.0.15+6 in /opt/jdk-17");
    }
}
