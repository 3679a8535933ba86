use super::*;

fn read_as(url: &str) -> Result<String, String> {
    let target = Target::parse("GET", url).map_err(|failure| failure.message)?;
    Ok(format!("{target}{}", target.path))
}

#[test]
fn a_url_is_read_one_way_only() {
    for (url, expected) in [
        ("https://good.test", "GET https://good.test:443/"),
        ("HTTPS://GOOD.test/A?b=C#d", "GET https://good.test:443/A?b=C"),
        ("http://good.test:8080/a", "GET http://good.test:8080/a"),
        ("https://good.test./", "GET https://good.test.:443/"),
        ("https://[2001:DB8::1]:444/", "GET https://[2001:db8::1]:444/"),
        ("https://good.test#@evil.test/", "GET https://good.test:443/"),
        ("https://good.test?@evil.test", "GET https://good.test:443/?@evil.test"),
        ("http://2130706433/", "GET http://2130706433:80/"),
        ("http://0x7f.1/", "GET http://0x7f.1:80/"),
    ] {
        assert_eq!(read_as(url).as_deref(), Ok(expected), "{url}");
    }
}

#[test]
fn what_could_mean_two_places_is_refused() {
    let user = "the URL has a user name or password, which no request may have";
    let ascii = "the URL has characters that are not visible ASCII, or a backslash";
    let scheme = "the URL's scheme is neither https nor http";
    let port = "the URL's port is no number of 0 to 65535";
    let unread = "the URL cannot be read";
    for (url, expected) in [
        ("https://good.test@evil.test/", user),
        ("https://good.test:pass@evil.test/", user),
        ("https://@evil.test/", user),
        ("https://good.test\\@evil.test/", ascii),
        ("https://good.test/\r\nx: y", ascii),
        (" https://good.test/", ascii),
        ("https://good\t.test/", ascii),
        ("https://b\u{fc}cher.test/", ascii),
        ("https://good.test\u{ff0f}.evil.test/", ascii),
        ("ftp://good.test/", scheme),
        ("file:///etc/passwd", unread),
        ("https://good.test:99999/", port),
        ("https://good.test:/", port),
        ("/etc/passwd", "the URL names no scheme"),
        ("good.test", "the URL names no scheme"),
        ("https://", unread),
        ("", unread),
    ] {
        assert_eq!(read_as(url).unwrap_err(), expected, "{url}");
    }
    let long = format!("https://good.test/{}", "a".repeat(limits::FETCH_URL_BYTES));
    assert_eq!(read_as(&long).unwrap_err(), "the URL has 8210 bytes; at most 8192 are sent");
}

#[test]
fn methods_are_named_exactly() {
    for method in ["get", "TRACE", "CONNECT", "GET ", ""] {
        let failure = Target::parse(method, "https://good.test/").unwrap_err();
        let expected =
            format!("the method `{method}` is none of GET, HEAD, POST, PUT, PATCH, DELETE");
        assert_eq!(failure.message, expected);
    }
}
