//! Every sentence of a reply stands on its own: it does not hang on one that is not shown, and its
//! quotation marks close.
//!
//! The patterns below are kept apart from those of `summary::coherence`, so that a gap there shows here.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use mujaz::article::Article;
use mujaz::brief::{self, Brief};
use mujaz::summary::{Budget, Length};

/// Openers that hang on the sentence before, «و» in front allowed: a link, a pronoun, a speech that
/// goes on, a verb of saying without its speaker.
const DANGLING: &str = "\
    لكن، لكنه، لكنها، لكنهم، إلا أن، إلا أنه، إلا أنها، غير أن، بيد أن، كما، كذلك، أضاف، أضافت، أضافوا، تابع، تابعت، أردف، \
    أردفت، استطرد، استدرك، في المقابل، بالمقابل، من جانبه، من جانبها، من جهته، من جهتها، من ناحيته، بدوره، بدورها، إلى ذلك، \
    في السياق، في السياق نفسه، في السياق ذاته، في سياق متصل، في هذا السياق، في هذا الإطار، في غضون ذلك، من جهة أخرى، \
    من ناحية أخرى، على صعيد آخر، علاوة على ذلك، فضلا عن ذلك، بالإضافة إلى ذلك، إلى جانب ذلك، مع ذلك، رغم ذلك، لذلك، \
    بالتالي، نتيجة لذلك، بعد ذلك، هو، هي، هم، إنه، إنها، هذا ما، هذه هي، جاء ذلك، يأتي ذلك، تأتي هذه، يأتي هذا، جاء هذا، \
    جاءت هذه، قال إن، قال إنه، قال إنها، قالت إن، قالت إنها، قالت إنه، أكد أن، أكد أنه، أكدت أن، أوضح أن، أوضح أنه، أوضحت أن، \
    أشار إلى، أشارت إلى، ذكر أن، ذكرت أن، قال:، قالت:، قال المصدر، أضاف المصدر، المصدر نفسه، ذلك أن، حيث، إذ، ثم، بل، لأن، \
    من بينهم، منهم، لديه، لديها";

/// The opener of `sentence` that hangs on what stands before, if it has one.
fn dangling_opener(sentence: &str) -> Option<&'static str> {
    let text: String = sentence.chars().filter(|&c| !('\u{064B}'..='\u{0652}').contains(&c)).collect();
    let text = text.trim_start_matches(['"', '“', '«', '•', '-', ' ']);
    let bare = text.strip_prefix("و ").or_else(|| text.strip_prefix('و')).unwrap_or(text);
    let opens = |phrase: &str| {
        [text, bare].into_iter().any(|text| {
            let rest = text.strip_prefix(phrase);
            rest.is_some_and(|rest| phrase.ends_with(':') || !rest.starts_with(char::is_alphabetic))
        })
    };
    DANGLING.split('،').map(str::trim).find(|phrase| opens(phrase))
}

/// Whether the quotation marks of `sentence` close, by counting alone.
fn quotations_close(sentence: &str) -> bool {
    let count = |marks: &[char]| sentence.chars().filter(|c| marks.contains(c)).count();
    count(&['"', '“', '”', '„']) % 2 == 0 && count(&['«']) == count(&['»'])
}

/// The faults of a reply. A sentence may hang on the one that is shown right before it, and the
/// first of a text has nothing before it.
fn faults(brief: &Brief) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before = None;
    for chosen in &brief.sentences {
        let is_mended = chosen.sentence == 0 || before == Some(chosen.sentence - 1);
        if let Some(opener) = dangling_opener(&chosen.text).filter(|_| !is_mended) {
            faults.push(format!("«{opener}»: {}", chosen.text));
        }
        before = Some(chosen.sentence);
    }
    let whole: Vec<&str> = brief.sentences.iter().map(|chosen| chosen.text.as_str()).collect();
    if !quotations_close(&whole.join(" ")) {
        faults.push(format!("quotation marks: {}", whole.join(" / ")));
    }
    faults
}

fn reply(headline: &str, body: &str) -> Brief {
    let article = Article { headline: headline.to_owned(), body: body.to_owned(), ..Article::default() };
    brief::compose(article, Budget::Length(Length::Medium))
}

#[test]
fn the_patterns_see_what_dangles() {
    for sentence in [
        "وأضاف أن العمل بدأ.",
        "ولكنّ العمل بدأ.",
        "كما بدأ العمل.",
        "و أضاف: نعم.",
        "وقال: \"نعم\".",
        "هو ميناء.",
    ] {
        assert!(dangling_opener(sentence).is_some(), "{sentence}");
    }
    for sentence in [
        "وقال الوزير إن العمل بدأ.",
        "هويدا سالم تفوز.",
        "كماشة حديد.",
        "قالت إنجلترا كلمتها.",
        "بلغ العدد مئة.",
    ] {
        assert!(dangling_opener(sentence).is_none(), "{sentence}");
    }
    assert!(!quotations_close("قال: \"نعم."));
}

#[test]
fn replies_of_written_texts_stand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segmentation");
    let mut all = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let paragraphs = text.split("\n\n").map(|paragraph| {
            let lines: Vec<&str> = paragraph.lines().filter(|line| !line.starts_with("# ")).collect();
            lines.join(" ")
        });
        all.extend(faults(&reply("", &paragraphs.collect::<Vec<_>>().join("\n"))));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Two hundred articles of all sources: `cargo test --test standing -- --ignored`.
#[test]
#[ignore = "reads the news corpus of ../shared/data, which is not part of the project"]
fn replies_of_two_hundred_news_articles_stand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/news/articles.jsonl.gz");
    let path = std::env::var_os("MUJAZ_NEWS").map_or(path, Into::into);
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    let mut all = Vec::new();
    let mut read = 0;
    for line in lines.step_by(193) {
        let article: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let brief = reply(article["title"].as_str().unwrap(), article["text"].as_str().unwrap());
        let id = article["id"].as_str().unwrap();
        all.extend(faults(&brief).into_iter().map(|fault| format!("{id} {fault}")));
        read += 1;
    }
    assert!(read >= 200);
    assert!(all.is_empty(), "{} of {read} replies:\n{}", all.len(), all.join("\n"));
}
