package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;

class OwnSubnetsTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 24, 10.1.2.255, true",
        "10.1.2.3, 24, 10.1.2.0, true",
        "10.1.2.3, 24, 10.1.2.254, false",
        "10.1.2.3, 24, 10.1.3.255, false",
        "10.1.2.3, 20, 10.1.15.255, true",
        "10.1.2.3, 20, 10.1.2.255, false",
        "10.1.2.3, 31, 10.1.2.3, false",
        "10.1.2.3, 32, 10.1.2.3, false",
        "10.1.2.3, 0, 255.255.255.255, true",
        "::1, 24, 10.1.2.255, false",
        "10.1.2.3, 24, ::1, false"
    })
    void onlyTheEdgesOfASubnetAreItsBroadcast(
            String own, int prefix, String target, boolean broadcast) {
        assertThat(OwnSubnets.isBroadcast(bytes(own), prefix, bytes(target))).isEqualTo(broadcast);
    }

    private static byte[] bytes(String address) {
        return InetAddress.ofLiteral(address).getAddress();
    }
}
