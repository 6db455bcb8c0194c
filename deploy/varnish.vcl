# Varnish 7 as a cache in front of two replicas.
#
# Start it with -p http_gzip_support=off: the service compresses by itself, br too, and every coding is an entry of its own.
#
# Why nothing is ever purged: an answer is fresh for five minutes (max-age=300) and has a strong ETag. After that the cache asks with
# If-None-Match; as long as the content is the same, a 304 without a body is all that travels, and when a fact was corrected, the new text is
# in every cache within those five minutes. Replicas with the same content give the same tags, so it does not matter which one is asked.
vcl 4.1;

import directors;
import std;

probe ready {
    .request = "GET /readyz HTTP/1.1" "Host: localhost" "Connection: close";
    .interval = 1s;
    .timeout = 2s;
    .window = 3;
    .threshold = 2;
    .initial = 2;
}

# Varnish wants one address for each: a name with several, such as that of a scaled Compose service, is refused.
backend explain_1 {
    .host = "explain-1";
    .port = "8080";
    .probe = ready;
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
}

backend explain_2 {
    .host = "explain-2";
    .port = "8080";
    .probe = ready;
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
}

sub vcl_init {
    new replicas = directors.round_robin();
    replicas.add_backend(explain_1);
    replicas.add_backend(explain_2);
}

sub vcl_recv {
    set req.backend_hint = replicas.backend();

    # How old an answer may be served: stale-while-revalidate while a replica is healthy (86,400 s), stale-if-error when none is (604,800 s).
    if (std.healthy(req.backend_hint)) {
        set req.grace = 24h;
    }

    # A stored answer must not show the id of the request that it was stored for.
    if (req.http.X-Request-Id !~ "^[A-Za-z0-9._-]{1,64}$") {
        set req.http.X-Request-Id = req.xid;
    }

    # What the service passes over makes no entry of its own, and neither does the order of parameters.
    set req.url = regsuball(req.url, "([?&])(_|utm_[^=&]*)(=[^&]*)?(?=&|$)", "\1");
    set req.url = regsub(regsuball(req.url, "([?&])&+", "\1"), "[?&]+$", "");
    set req.url = std.querysort(req.url);

    # Answers differ by Accept-Encoding, and every browser writes it in another way: four entries instead of dozens.
    set req.http.X-Codings = "";
    if (req.http.Accept-Encoding ~ "(?i)(^|[, ])br *(,|$|; *q=(1|0\.[0-9]*[1-9]))") {
        set req.http.X-Codings = "br, ";
    }
    if (req.http.Accept-Encoding ~ "(?i)(^|[, ])(x-)?gzip *(,|$|; *q=(1|0\.[0-9]*[1-9]))") {
        set req.http.X-Codings = req.http.X-Codings + "gzip";
    }
    set req.http.Accept-Encoding = regsub(req.http.X-Codings, ", $", "");
    unset req.http.X-Codings;
    if (req.http.Accept-Encoding == "") {
        unset req.http.Accept-Encoding;
    }

    # The same for Accept: a browser wants a page, and rather anything than nothing; whoever names nothing takes the default. Others are left as they are.
    if (req.http.Accept ~ "(?i)^text/html *,.*\*/\* *; *q=0\.[0-9]") {
        set req.http.Accept = "text/html, */*;q=0.1";
    } else if (!req.http.Accept || req.http.Accept ~ "^ *\*/\* *$") {
        set req.http.Accept = "*/*";
    }

    # No answer depends on a cookie or names one; with one, Varnish would not look into its cache.
    unset req.http.Cookie;

    # What follows is Varnish's own: GET and HEAD are looked up, POST and all others are passed on and never stored.
}

sub vcl_backend_response {
    # A replica that fails must not take the place of an answer that is still good.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    # Varnish reads max-age and stale-while-revalidate by itself, but not stale-if-error.
    if (beresp.http.Cache-Control ~ "stale-if-error=[0-9]") {
        set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), beresp.grace);
    }
    # no-store, as on errors and health, is left to Varnish's own rules: not stored.
}

sub vcl_deliver {
    set resp.http.X-Request-Id = req.http.X-Request-Id;
    # Varnish's own number says nothing to a client; Age says what one may want to know.
    unset resp.http.X-Varnish;
}
