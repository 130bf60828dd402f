package company

import (
	"slices"
	"strings"
)

// sharedHosts are places where many firms live under one domain: redirects of
// directories, social networks, messengers, marketplaces, site builders. Such
// a domain identifies nobody, though the page itself may be the firm's.
var sharedHosts = []string{
	"2gis.biz", "2gis.com", "2gis.ru", "aliexpress.com", "aliexpress.ru", "all.biz", "allbiz.ru", "alibaba.com", "app.link", "apple.com",
	"auto.ru", "avito.ru", "b2b-center.ru", "bit.ly", "bitrix24.site", "bitrix24shop.ru", "blizko.ru", "blogspot.com",
	"business.site", "clck.ru", "clients.site", "creatium.site", "deal.by", "delivery-club.ru", "dodois.com", "drive2.ru", "drom.ru",
	"ecwid.com", "facebook.com", "fb.com", "flagma.ru", "flexbe.ru", "github.io", "goo.gl", "google.com", "hh.ru", "instagram.com",
	"insales.ru", "jimdo.com", "jimdosite.com", "linkedin.com", "linktr.ee", "livejournal.com", "lpmotor.ru", "made-in-china.com",
	"mail.ru", "max.ru", "me.com", "mobz.link", "mozello.ru", "myinsales.ru", "mya5.ru", "narod.ru", "nethouse.ru", "obiz.ru", "ok.ru", "onelink.me",
	"orgsinfo.ru", "ozon.ru", "plp7.ru", "prom.ua", "promportal.su", "pulscen.ru", "regmarkets.ru", "rusprofile.ru", "rutube.ru", "satom.ru",
	"sbermarket.ru", "setup.ru", "sites.google.com", "t.me", "taplink.cc", "taplink.ru", "taplink.ws", "tb.ru", "telegram.me", "telegram.org",
	"tilda.ws", "tiktok.com", "tiu.ru", "tripadvisor.ru", "turbo.site", "twitter.com", "ucoz.net", "ucoz.org", "ucoz.ru", "uds.app", "ukit.me",
	"umi.ru", "usedocs.com", "viber.com", "vk.cc", "vk.com", "vk.link", "vk.me", "vkontakte.ru", "wa.me", "weebly.com", "whatsapp.com",
	"wildberries.ru", "wix.com", "wixsite.com", "wordpress.com", "x.com", "yandex.com", "yandex.ru", "youtu.be", "youtube.com", "zoon.ru", "zen.yandex.ru",
	"dzen.ru", "eda.yandex", "ya.ru", "sbis.ru", "saby.ru", "orgpage.ru", "yell.ru", "spravker.ru", "metaprom.ru",
}

// SharedHost tells whether many firms live under a host.
func SharedHost(host string) bool {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	for {
		if slices.Contains(sharedHosts, host) {
			return true
		}
		_, parent, ok := strings.Cut(host, ".")
		if !ok || !strings.Contains(parent, ".") {
			return false
		}
		host = parent
	}
}
