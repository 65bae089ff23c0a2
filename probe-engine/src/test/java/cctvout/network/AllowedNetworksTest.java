package cctvout.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

class AllowedNetworksTest {

    private static final AllowedNetworks STANDARD = AllowedNetworks.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.1",
                "192.168.255.255", "fc00::1", "fdff:ffff::1", "1.1.1.1", "9.255.255.255",
                "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
                "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
                "169.255.0.0", "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
                "2606:4700::1111", "2001:200::1", "2400::1", "2001:db7:ffff::1", "2001:db9::"
            })
    void ordinaryAddressesAreOpenUpToTheEdgeOfTheSpecialRanges(String address) {
        assertThat(STANDARD.allows(at(address))).isTrue();
        assertThat(STANDARD.registrable(at(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "192.0.0.0",
                "192.0.0.255",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.9",
                "203.0.113.255",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "3fff::1",
                "5f00::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1"
            })
    void specialRangesAreClosedAndNotEvenRegistrable(String address) {
        assertThat(STANDARD.allows(at(address))).isFalse();
        assertThat(STANDARD.registrable(at(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:127.0.0.1", // mapped
                "::ffff:169.254.169.254",
                "::127.0.0.1", // compatible
                "64:ff9b::7f00:1", // NAT64
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::1", // 6to4
                "2002:a9fe:a9fe::",
                "2002:e000:1::"
            })
    void addressInsideAnAddressIsJudgedAsTheOneItReaches(String address) {
        assertThat(STANDARD.allows(sixteenBytes(address))).isFalse();
        assertThat(STANDARD.registrable(sixteenBytes(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"})
    void publicAddressInsideAnAddressIsOpen(String address) {
        assertThat(STANDARD.allows(sixteenBytes(address))).isTrue();
    }

    @Test
    void namedRangeIsOpenAndNothingElse() {
        AllowedNetworks named = AllowedNetworks.of(List.of("127.6.0.0/16", "10.1.0.0/23"));
        assertThat(named.allows(at("127.6.0.0"))).isTrue();
        assertThat(named.allows(at("127.6.255.255"))).isTrue();
        assertThat(named.allows(at("::ffff:127.6.0.1"))).isTrue();
        assertThat(named.allows(at("127.5.255.255"))).isFalse();
        assertThat(named.allows(at("127.7.0.0"))).isFalse();
        assertThat(named.allows(at("10.1.1.255"))).isTrue();
        assertThat(named.allows(at("10.1.2.0"))).isFalse();
        assertThat(named.allows(at("8.8.8.8"))).isFalse();
    }

    @Test
    void wordsStandForTheirRanges() {
        assertThat(AllowedNetworks.of(List.of("private")).allows(at("10.0.0.1"))).isTrue();
        assertThat(AllowedNetworks.of(List.of("private")).allows(at("fd00::1"))).isTrue();
        assertThat(AllowedNetworks.of(List.of("private")).allows(at("8.8.8.8"))).isFalse();
        assertThat(AllowedNetworks.of(List.of(" public ")).allows(at("8.8.8.8"))).isTrue();
        assertThat(AllowedNetworks.of(List.of("public")).allows(at("10.0.0.1"))).isFalse();
        assertThat(AllowedNetworks.of(List.of("public")).allows(at("127.0.0.1"))).isFalse();
        assertThat(AllowedNetworks.of(List.of()).allows(at("10.0.0.1"))).isTrue();
    }

    @Test
    void addressOutsideTheListMayBeRegisteredUnlessItIsSpecial() {
        AllowedNetworks narrow = AllowedNetworks.of(List.of("10.0.0.0/8"));
        assertThat(narrow.registrable(at("8.8.8.8"))).isTrue();
        assertThat(narrow.registrable(at("192.168.1.1"))).isTrue();
        assertThat(narrow.registrable(at("127.0.0.1"))).isFalse();
        assertThat(AllowedNetworks.of(List.of("127.0.0.0/8")).registrable(at("127.0.0.1")))
                .isTrue();
    }

    @Test
    void multicastAndBroadcastStayClosedWhateverIsNamed() {
        for (AllowedNetworks any :
                List.of(
                        AllowedNetworks.everywhere(),
                        AllowedNetworks.of(List.of("0.0.0.0/0", "::/0", "224.0.0.0/4")))) {
            assertThat(any.allows(at("224.0.0.1"))).isFalse();
            assertThat(any.allows(at("255.255.255.255"))).isFalse();
            assertThat(any.allows(at("ff02::1"))).isFalse();
            assertThat(any.allows(sixteenBytes("::ffff:224.0.0.1"))).isFalse();
            assertThat(any.allows(at("127.0.0.1"))).isTrue();
            assertThat(any.allows(at("::1"))).isTrue();
            assertThat(any.allows(at("fe80::1"))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "::/129", "example.org",
                "example.org/8", "", "/8", "10.0.0.0/8/8", "300.0.0.1", "privat"
            })
    void entryThatIsNoRangeIsNamedInTheError(String entry) {
        assertThatThrownBy(() -> AllowedNetworks.of(List.of("10.0.0.0/8", entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(entry);
        assertThatThrownBy(() -> new NetworkSettings(List.of(entry)))
                .hasMessageContaining("cctvout.probe.allowed-networks")
                .hasMessageContaining(entry);
    }

    @Test
    void rangeIgnoresTheBitsPastItsPrefix() {
        assertThat(Cidr.parse("10.1.2.3/8").contains(at("10.9.9.9").getAddress())).isTrue();
        assertThat(Cidr.parse("0.0.0.0/0").contains(at("255.1.2.3").getAddress())).isTrue();
        assertThat(Cidr.parse("0.0.0.0/0").contains(at("::1").getAddress())).isFalse();
        assertThat(Cidr.parse("10.1.2.3").contains(at("10.1.2.3").getAddress())).isTrue();
        assertThat(Cidr.parse("10.1.2.3").contains(at("10.1.2.2").getAddress())).isFalse();
        assertThat(Cidr.parse("10.1.2.3/31").contains(at("10.1.2.2").getAddress())).isTrue();
        assertThat(Cidr.parse("fe80::/10").contains(at("febf::1").getAddress())).isTrue();
        assertThat(Cidr.parse("fe80::/10").contains(at("fec0::").getAddress())).isFalse();
        assertThat(Cidr.parse(" 10.0.0.0/8 ")).hasToString("10.0.0.0/8");
    }

    private static InetAddress at(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    /** As an attacker's name server may answer: {@code ofLiteral} turns mapped ones into IPv4. */
    private static InetAddress sixteenBytes(String literal) {
        byte[] bytes = at(literal).getAddress();
        if (bytes.length == 16) {
            return at(literal);
        }
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = -1;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        try {
            return java.net.Inet6Address.getByAddress(null, mapped, 0);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
