package fetch

import (
	"errors"
	"net/netip"
	"testing"
)

func TestGuardByAddress(t *testing.T) {
	for address, open := range map[string]bool{
		"8.8.8.8": true, "77.88.55.88": true, "2a02:6b8::2:242": true, "172.15.0.1": true, "172.32.0.1": true, "100.63.0.1": true, "100.128.0.1": true,
		"::ffff:8.8.8.8": true, "64:ff9b::808:808": true, "2002:808:808::1": true,
		"0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "127.0.0.1": false, "127.255.0.9": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "100.64.0.1": false, "100.100.100.200": false, "169.254.169.254": false, "192.0.0.192": false, "192.0.2.1": false,
		"198.18.0.1": false, "224.0.0.1": false, "239.255.255.250": false, "240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fd00:ec2::254": false, "fc00::1": false, "fec0::1": false, "ff02::1": false,
		"2001:db8::1": false, "2001::1": false,
		"::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false, "::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b::10.0.0.1": false,
		"64:ff9b:1::808:808": false, "2002:7f00:1::1": false, "2002:a00:1::": false,
	} {
		addr := netip.MustParseAddr(address)
		err := guard{}.check(addr)
		if (err == nil) != open || err != nil && !errors.Is(err, ErrBlocked) {
			t.Errorf("%s: %v, want open %t", address, err, open)
		}
		if err := (guard{allow: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}}).check(addr); err != nil {
			t.Errorf("%s, all allowed: %v", address, err)
		}
	}
	g := guard{allow: []netip.Prefix{netip.MustParsePrefix("10.1.2.0/24")}}
	for address, open := range map[string]bool{
		"10.1.2.3": true, "::ffff:10.1.2.3": true, "64:ff9b::10.1.2.3": true, "10.1.3.3": false, "::ffff:10.1.3.3": false, "64:ff9b::10.1.3.3": false,
	} {
		if err := g.check(netip.MustParseAddr(address)); (err == nil) != open {
			t.Errorf("%s: %v, want open %t", address, err, open)
		}
	}
}

// FuzzGuard: whatever hides an address of this house, it stays closed.
func FuzzGuard(f *testing.F) {
	f.Add([]byte{127, 0, 0, 1}, uint8(0))
	f.Add([]byte{10, 0, 0, 1}, uint8(1))
	f.Add([]byte{169, 254, 169, 254}, uint8(2))
	f.Add([]byte{8, 8, 8, 8}, uint8(3))
	f.Fuzz(func(t *testing.T, b []byte, how uint8) {
		if len(b) < 4 {
			return
		}
		v4 := netip.AddrFrom4([4]byte(b))
		var in [16]byte
		switch how % 4 {
		case 0:
			in = v4.As16()
		case 1:
			in = netip.MustParseAddr("64:ff9b::").As16()
			copy(in[12:], b[:4])
		case 2:
			in = netip.MustParseAddr("2002::").As16()
			copy(in[2:], b[:4])
		case 3:
			copy(in[12:], b[:4])
		}
		inside := v4.IsPrivate() || v4.IsLoopback() || v4.IsLinkLocalUnicast() || v4.IsMulticast() || v4.IsUnspecified()
		if err := (guard{}).check(netip.AddrFrom16(in)); inside && err == nil {
			t.Errorf("%v as %v is open", v4, netip.AddrFrom16(in))
		}
	})
}
