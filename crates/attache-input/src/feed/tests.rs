use super::*;

fn url(text: &str) -> Url {
    Url::parse(text).expect("an address")
}

fn read(text: &str) -> Feed {
    parse(
        text.as_bytes(),
        None,
        Some(&url("https://meridian.example/feeds/world.xml")),
    )
    .expect("a feed")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// An article long enough to be taken for one.
fn article() -> String {
    "<p>Envoys of both countries met in Vienna on Thursday and agreed to go on talking about the release of prisoners, \
     the ministry said in a statement after the meeting.</p><p>A second round of talks is planned for the week after \
     next, in the same place and with the same delegations.</p>"
        .to_owned()
}

const SLUG: &str = "https://meridian.example/2024/talks";

#[test]
fn rss_with_whole_articles() {
    let feed = read(&format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
             xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
        <channel><title>Meridian Wire &amp; World</title><language>en-GB</language>
        <atom:link href="https://meridian.example/feeds/world.xml" rel="self"/>
        <image><title>a picture</title></image>
        <item><title>Talks &amp;#8216;useful&amp;#8217;, says &lt;b&gt;envoy&lt;/b&gt;</title>
          <media:title>a picture too</media:title>
          <link>/2024/talks?a=1&b=2#top</link><guid isPermaLink="false">17</guid>
          <pubDate>Thu, 09 May 2024 23:30:00 -0500</pubDate><dc:creator><![CDATA[Ana Ruiz]]></dc:creator>
          <dc:creator>Li Wen</dc:creator><description>Short.</description>
          <content:encoded><![CDATA[{}]]></content:encoded></item>
        <item><title>Only a guid</title><guid>{SLUG}</guid><author>desk@meridian.example (Jo Doe)</author></item>
        <item><title>Nothing to go by</title></item>
        </channel></rss>"#,
        article()
    ));
    assert_eq!(
        (feed.form, feed.title, feed.language),
        (Form::Rss, some("Meridian Wire & World"), some("en-GB"))
    );
    assert_eq!((feed.entries.len(), feed.broken), (2, None));
    let first = &feed.entries[0];
    assert_eq!(first.address, some("https://meridian.example/2024/talks?a=1&b=2"));
    assert_eq!(first.title, some("Talks ‘useful’, says envoy"));
    assert_eq!(first.published.map(|day| day.to_string()), some("2024-05-09"));
    assert_eq!(
        (first.id.clone(), first.authors.clone()),
        (some("17"), vec!["Ana Ruiz".to_owned(), "Li Wen".to_owned()])
    );
    assert_eq!(first.html, Some(article()));
    assert_eq!(
        (feed.entries[1].address.clone(), feed.entries[1].authors.clone()),
        (some(SLUG), vec!["Jo Doe".to_owned()])
    );
    assert_eq!(feed.entries[1].html, None);
}

#[test]
fn rss_of_all_ages() {
    for start in [
        r#"<rss version="0.91"><channel>"#,
        r#"<rss version="0.93"><channel>"#,
        "<rss><channel>",
        r#"<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.org/rss-0.91.dtd"><rss version="0.91"><channel>"#,
    ] {
        let feed = read(&format!(
            "{start}<title>M</title><item><title>T</title><link>{SLUG}</link></item></channel></rss>"
        ));
        assert_eq!((feed.title, feed.entries.len()), (some("M"), 1), "{start}");
    }
    let feed = read(&format!(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
            xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>M</title></channel>
            <item rdf:about="{SLUG}"><title>T</title><link>{SLUG}</link><d:date>2024-05-09T01:00:00Z</d:date></item></rdf:RDF>"#
    ));
    assert_eq!((feed.form, feed.title), (Form::Rss, some("M")));
    assert_eq!(feed.entries[0].published.map(|day| day.to_string()), some("2024-05-09"));
}

#[test]
fn prefixes_are_known_by_what_they_stand_for_or_by_custom() {
    let feed = read(&format!(
        r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>M</a:title><a:entry><a:link href="{SLUG}"/></a:entry></a:feed>"#
    ));
    assert_eq!((feed.title, feed.entries[0].address.clone()), (some("M"), some(SLUG)));
    let undeclared = format!(
        "<rss version='2.0'><channel><item><link>{SLUG}</link><content:encoded><![CDATA[{}]]></content:encoded></item></channel></rss>",
        article()
    );
    assert_eq!(read(&undeclared).entries[0].html, Some(article()));
}

#[test]
fn atom_with_markup_as_elements() {
    let feed = read(&format!(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://meridian.example/news/">
        <title type="html">Meridian &lt;i&gt;World&lt;/i&gt;</title><author><name>The desk</name></author>
        <entry><id>tag:meridian.example,2024:1</id><title>T</title>
          <link rel="self" href="https://meridian.example/api/1"/><link rel="alternate" href="talks"/>
          <link rel="enclosure" href="https://meridian.example/a.mp3"/>
          <published>2024-05-09T23:30:00-05:00</published><updated>2024-05-11T00:00:00Z</updated>
          <author><name>Ana Ruiz</name><email>ana@meridian.example</email><uri>https://meridian.example/ana</uri></author>
          <source><id>x</id><title>Atlas Post</title></source><summary>Short.</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{}</div></content></entry>
        <entry xml:lang="fr"><link href="deux"/><content type="html"></content></entry>
        <entry><link href="https://atlas.example/3"/><content src="https://atlas.example/3" type="text/html"/></entry>
        </feed>"#,
        article()
    ));
    assert_eq!(
        (feed.form, feed.title, feed.language),
        (Form::Atom, some("Meridian World"), some("en"))
    );
    let first = &feed.entries[0];
    assert_eq!(first.address, some("https://meridian.example/news/talks"));
    assert_eq!(
        (first.authors.clone(), first.publisher.clone()),
        (vec!["Ana Ruiz".to_owned()], some("Atlas Post"))
    );
    assert_eq!(first.published.map(|day| day.to_string()), some("2024-05-09"));
    assert_eq!(first.updated.map(|day| day.to_string()), some("2024-05-11"));
    assert!(
        first
            .html
            .as_ref()
            .is_some_and(|html| html.contains("<p>Envoys of both") && html.ends_with("</p></div>"))
    );
    assert_eq!(
        (feed.entries[1].language.clone(), feed.entries[1].authors.clone()),
        (some("fr"), vec!["The desk".to_owned()])
    );
    assert_eq!(feed.entries[2].address, some("https://atlas.example/3"));
}

#[test]
fn json_feeds() {
    let feed = read(&format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","title":"M","authors":[{{"name":"The desk"}}],"items":[
        {{"id":7,"url":"{SLUG}","title":"T","content_html":{:?},"date_published":"2024-05-09T23:30:00-05:00"}},
        {{"id":"8","external_url":"talks","content_text":"Short.","author":{{"name":"Ana Ruiz"}}}},
        {{"id":"9","url":17,"title":null}}, null ]}}"#,
        article()
    ));
    // The third tells of nothing.
    assert_eq!((feed.form, feed.entries.len()), (Form::Json, 2));
    assert_eq!(
        (feed.entries[0].html.clone(), feed.entries[0].id.clone()),
        (Some(article()), some("7"))
    );
    assert_eq!(feed.entries[1].address, some("https://meridian.example/feeds/talks"));
    assert_eq!(feed.entries[1].authors, ["Ana Ruiz"]);
    assert!(matches!(parse(b"{\"text\":\"a\"}", None, None), Err(NotFeed::Other(_))));
    assert!(matches!(parse(b"{\"version\":", None, None), Err(NotFeed::Json(_))));
}

#[test]
fn sitemaps_of_news_and_their_index() {
    let feed = read(&format!(
        r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc>{SLUG}</loc><lastmod>2024-05-10</lastmod><n:news><n:publication><n:name>Meridian Wire</n:name>
        <n:language>en</n:language></n:publication><n:publication_date>2024-05-09</n:publication_date><n:title>T</n:title></n:news>
        <image:image><image:loc>https://meridian.example/a.jpg</image:loc><image:title>P</image:title></image:image></url></urlset>"#
    ));
    let entry = &feed.entries[0];
    assert_eq!(
        (feed.form, entry.address.clone(), entry.title.clone()),
        (Form::Sitemap, some(SLUG), some("T"))
    );
    assert_eq!(
        (entry.publisher.clone(), entry.language.clone()),
        (some("Meridian Wire"), some("en"))
    );
    assert_eq!(entry.published.map(|day| day.to_string()), some("2024-05-09"));
    let index = read(
        "<sitemapindex><sitemap><loc>https://meridian.example/s1.xml.gz</loc><lastmod>2024-05-10T10:00:00Z</lastmod></sitemap></sitemapindex>",
    );
    assert_eq!((index.form, index.entries.len()), (Form::SitemapIndex, 1));
}

#[test]
fn what_is_broken_costs_little() {
    let whole = format!(
        "<rss version='2.0'><channel><item><title>1 & 2</title><link>{SLUG}?a=1&b=2</link></p></item><item><title>T &nbsp; &own;</b>\
         </title><link>{SLUG}/2</link></item><item><title>last"
    );
    let feed = read(&whole);
    assert_eq!(feed.entries.len(), 2);
    assert_eq!(feed.entries[0].title, some("1 & 2"));
    assert_eq!(feed.entries[1].title, some("T &own;"));
    assert!(feed.broken.is_some_and(|why| why.contains("breaks off within <title>")));
    // Cut anywhere, it neither panics nor loses what came before.
    for at in 0..whole.len() {
        let entries = parse(&whole.as_bytes()[..at], None, None).map_or(0, |feed| feed.entries.len());
        assert_eq!(entries, whole[..at].matches("</item>").count(), "cut at {at}");
    }
}

#[test]
fn bombs_are_bounded() {
    let deep = format!(
        "<rss><channel><item><link>{SLUG}</link></item>{}",
        "<a>".repeat(100_000)
    );
    let feed = read(&deep);
    assert_eq!(feed.entries.len(), 1);
    assert!(feed.broken.is_some_and(|why| why.contains("nested deeper than 200")));

    let many = format!(
        "<rss><channel>{}</channel></rss>",
        format!("<item><link>{SLUG}</link></item>").repeat(MAX_ENTRIES + 5)
    );
    let feed = read(&many);
    assert_eq!((feed.entries.len(), feed.left_out), (MAX_ENTRIES, 5));

    let entities = format!(
        r#"<!DOCTYPE rss [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
        <rss><channel><item><title>&b; &f;</title><link>{SLUG}</link></item></channel></rss>"#,
        "x".repeat(1000)
    );
    assert_eq!(read(&entities).entries[0].title, some("&b; &f;"));

    let attributes = format!(
        "<rss {}><channel/></rss>",
        (0..20_000).map(|n| format!("a{n}='' ")).collect::<String>()
    );
    assert_eq!(read(&attributes).entries, []);
    let json = format!(
        r#"{{"version":"https://jsonfeed.org/version/1","items":{}"#,
        "[".repeat(100_000)
    );
    assert!(matches!(parse(json.as_bytes(), None, None), Err(NotFeed::Json(_))));
    let title = format!(
        "<rss><channel><item><title>{}</title><link>{SLUG}</link></item></channel></rss>",
        "é".repeat(9_000)
    );
    assert_eq!(
        read(&title).entries[0]
            .title
            .as_ref()
            .map(|title| title.chars().count()),
        Some(1_000)
    );
}

#[test]
fn addresses_of_other_kinds_are_left_out() {
    for given in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "http://",
        "ftp://a.example/",
        &"x".repeat(3_000),
    ] {
        let feed = read(&format!(
            "<rss><channel><item><title>T</title><link>{given}</link></item></channel></rss>"
        ));
        assert_eq!(feed.entries, [], "{given}");
    }
}

#[test]
fn items_that_tell_of_nothing_are_left_out() {
    let items = r#"[{"id": 7, "title": "Talks"}, {"id": 8, "url": "https://a.example/8"}]"#;
    let json = format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "items": {items}}}"#);
    assert_eq!(read(&json).entries.len(), 1);
    let xml =
        "<rss><channel><item><title>Talks</title></item><item><link>https://a.example/8</link></item></channel></rss>";
    assert_eq!(read(xml).entries.len(), 1);
}

#[test]
fn encodings_by_mark_declaration_and_header() {
    let title = |bytes: &[u8], charset| parse(bytes, charset, None).expect("a feed").title;
    let (russian, _, _) = encoding_rs::WINDOWS_1251
        .encode("<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>Новости</title></channel></rss>");
    assert_eq!(title(&russian, None), some("Новости"));
    let (bare, _, _) = encoding_rs::WINDOWS_1251.encode("<rss><channel><title>Новости</title></channel></rss>");
    assert_eq!(title(&bare, Some("windows-1251")), some("Новости"));
    // Called Latin 1, and UTF-8 all the same.
    let wrong = "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Łódź</title></channel></rss>";
    assert_eq!(title(wrong.as_bytes(), None), some("Łódź"));
    let wide: Vec<u8> = "\u{feff}<rss><channel><title>Łódź</title></channel></rss>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(title(&wide, None), some("Łódź"));
}

#[test]
fn what_is_no_feed_is_told() {
    assert_eq!(parse(b"<!doctype html><html><body>", None, None), Err(NotFeed::Page));
    assert!(matches!(parse(b"<svg/>", None, None), Err(NotFeed::Other(_))));
    assert!(matches!(parse(b"Nothing here", None, None), Err(NotFeed::Other(_))));
    assert!(matches!(parse(b"", None, None), Err(NotFeed::Other(_))));
    assert!(matches!(parse(b"GIF89a\0\0", None, None), Err(NotFeed::NotText(_))));
    assert!(is_feed(b"<?xml version='1.0'?><!-- a --><rss version='2.0'>"));
    assert!(is_feed(
        b"{ \"version\": \"https://jsonfeed.org/version/1\", \"items\": ["
    ));
    assert!(is_feed("\u{feff}<feed xmlns='http://www.w3.org/2005/Atom'>".as_bytes()));
    assert!(!is_feed(b"<html><body>") && !is_feed(b"{\"text\":\"a\"}") && !is_feed(b"") && !is_feed(b"<"));
}

#[test]
fn teasers_are_no_articles() {
    let feed = |tag: &str, html: &str| {
        let text =
            format!("<rss><channel><item><link>{SLUG}</link><{tag}><![CDATA[{html}]]></{tag}></item></channel></rss>");
        read(&text).entries[0].html.is_some()
    };
    let long = article().repeat(6);
    assert!(feed("content:encoded", &article()));
    assert!(!feed("content:encoded", "<p>Envoys met.</p>"));
    assert!(!feed("content:encoded", &format!("{} [&#8230;]", article())));
    assert!(!feed(
        "content:encoded",
        &format!("{}<a href='/x'>Continue reading</a>", article())
    ));
    assert!(feed("description", &long));
    assert!(!feed("description", &article()));
    assert!(!feed("description", &"word ".repeat(400)));
}
