//! «موجز اليوم»: the stories of a chat's day, a line each.

use super::figures::FigureLine;
use super::html::{BUDGET, escape, say, with_bold};
use super::plain::unlinked;
use super::{Digits, Line, Role, digits, figure, figures};
use crate::brief::Brief;
use crate::locale::Locale;

/// A story of the day.
#[derive(Clone, Debug)]
pub struct Told {
    /// The article that tells most of it.
    pub brief: Brief,
    /// How many sources tell it.
    pub sources: usize,
    /// Where the chat was told, if that has an address.
    pub link: Option<String>,
}

/// One message that lists `stories`; those that have no room left in it are left out.
#[must_use]
pub fn render(stories: &[Told], digits: Digits, locale: &Locale) -> String {
    let mut html = say(locale, &format!("<b>{}</b>", escape(&locale.text("today"))));
    let mut left = BUDGET - html.encode_utf16().count();
    for story in stories {
        let Some((line, units)) = line(story, digits, locale) else { continue };
        if units <= left {
            left -= units;
            html.extend(["\n\n\u{200f}", &line]);
        }
    }
    html
}

/// «• الرأس (3 مصادر) · لقي **20 شخصا** مصرعهم», and how many UTF-16 units of it are seen at most.
fn line(story: &Told, digits: Digits, locale: &Locale) -> Option<(String, usize)> {
    let Told { brief, sources, link } = story;
    let plain = |text: &str| Line::new(Role::Figure, text.to_owned());
    // A text that was pasted may have no headline.
    let headline = match brief.article.headline.as_str() {
        "" => &brief.sentences.first()?.text,
        headline => headline,
    };
    let headline = plain(headline).with(digits);
    let count = if *sources > 1 {
        let sources = locale.count("sources", "items", *sources as u64);
        format!(" ({})", digits::write(sources, digits))
    } else {
        String::new()
    };
    let figure = key_figure(brief).map(|line| line.with(digits));
    let separator = format!(" {} ", locale.text("separator"));
    let figure = figure.map_or(String::new(), |figure| separator + &with_bold(&figure));
    let words = escape(&unlinked(&headline.text));
    let headline = match link {
        Some(link) => format!("<a href=\"{}\">{words}</a>", escape(link)),
        None => words.clone(),
    };
    let units = [&words, &count, &figure].iter().map(|part| part.encode_utf16().count()).sum::<usize>() + 8;
    Some((format!("• {headline}{}{figure}", escape(&count)), units))
}

/// The clause of the first key figure that the headline does not tell: of «ارتفاع الحصيلة إلى 26 قتيلا» not «لقي 26 شخصا مصرعهم».
fn key_figure(brief: &Brief) -> Option<Line> {
    let document = &brief.document;
    let amount =
        |text: &str| text.split(|c: char| !c.is_numeric()).find(|word| !word.is_empty()).map(str::to_owned);
    let headline: Vec<&str> = brief.article.headline.split(|c: char| !c.is_numeric()).collect();
    let is_told = |line: &FigureLine| {
        let number = line.numbers.first().map_or("", |span| document.slice(*span));
        amount(number).map_or_else(
            || brief.article.headline.contains(number),
            |amount| headline.contains(&amount.as_str()),
        )
    };
    let line = figures::beside_summary(brief).into_iter().find(|line| !is_told(line))?;
    Some(figure(brief, &line, None))
}

#[cfg(test)]
mod tests {
    use super::{Told, render};
    use crate::article::Article;
    use crate::brief;
    use crate::locale::{Language, Locale};
    use crate::reply::Digits;
    use crate::reply::html::BUDGET;
    use crate::standin::parse_html;
    use crate::summary::{Budget, Length};

    fn told(headline: &str, link: Option<&str>) -> Told {
        let body = "افتتحت وزيرة الثقافة ليلى المنصوري اليوم متحفا للخط العربي في مدينة المرسى الساحلية.\n\
            ويضم المتحف 300 مخطوطة نادرة جمعت من مكتبات خاصة خلال عشر سنوات من العمل.\n\
            وقالت الوزيرة إن المتحف يستقبل طلاب المدارس مجانا طوال العام الدراسي.";
        let article = Article { headline: headline.to_owned(), body: body.to_owned(), ..Article::default() };
        let brief = brief::read(article).compose(Budget::Length(Length::Medium));
        Told { brief, sources: 3, link: link.map(str::to_owned) }
    }

    #[test]
    fn a_story_is_one_line_with_its_sources_and_its_figure() {
        let stories = [told("متحف <الخط>", Some("https://t.me/c/1/2")), told("متحف", None)];
        let html = render(&stories, Digits::ArabicIndic, Locale::of(Language::Arabic));
        let lines: Vec<&str> = html.lines().filter(|line| line.contains('•')).collect();
        assert!(
            lines[0].contains("<a href=\"https://t.me/c/1/2\">متحف &lt;الخط&gt;</a> (٣ مصادر)"),
            "{html}"
        );
        assert!(lines[1].contains("• متحف (٣ مصادر)") && lines[1].contains("<b>٣٠٠</b> مخطوطة"), "{html}");
        assert!(parse_html(&html).is_ok());
    }

    #[test]
    fn what_has_no_room_is_left_out() {
        let stories = [told(&"كلمة ".repeat(2000), None), told("متحف", None)];
        let html = render(&stories, Digits::AsWritten, Locale::of(Language::Arabic));
        assert!(html.contains("متحف") && !html.contains("كلمة"), "{html}");
        let html = render(
            &vec![told(&"كلمة ".repeat(100), None); 40],
            Digits::AsWritten,
            Locale::of(Language::Arabic),
        );
        let shown = parse_html(&html).expect("valid markup");
        assert!(shown.text.encode_utf16().count() <= BUDGET && html.matches('•').count() > 4);
    }
}
