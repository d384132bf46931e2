//! The process that reads: it takes documents from standard input and answers on standard output until the one that started it
//! closes them, or is gone.

use std::io::{self, Read, Write};

use super::confine::{self, Used};
use super::wire::{self, Answer, Ready};
use crate::article::document::{self, Origin};

/// A page that is read before the first one that counts: what the language parts load once is loaded then, and not while somebody
/// waits.
const FIRST_PAGE: &str = "<!doctype html><html lang=ar><head><meta charset=utf-8><title>عنوان الخبر الأول</title></head><body>\
    <article><h1>عنوان الخبر الأول</h1><p>أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة في المحافظات الجنوبية كلها.</p>\
    <p>وقال الوزير يوم 3 مايو 2020 إن القرار يسري من مطلع العام المقبل، وإن الوزارة ستنشر تفاصيله قبل نهاية الشهر.</p></article>";

/// Reads documents until there are no more.
///
/// # Errors
/// If standard input or output fails: whoever reads from it is gone.
pub fn run(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let used = Used::open();
    let confined = confine::confine(&used);
    let first = Origin::File { name: "first.html".to_owned(), url: None };
    drop(document::read(&first, FIRST_PAGE.as_bytes()));
    wire::write(&mut output, &serde_json::to_vec(&Ready { confined })?)?;
    while let Some(origin) = wire::read(&mut input)? {
        let origin: Origin = wire::parse(&origin)?;
        let Some(content) = wire::read(&mut input)? else { break };
        let reading = document::read(&origin, &content);
        drop(content);
        let last = used.is_much();
        wire::write(&mut output, &serde_json::to_vec(&Answer { reading, last })?)?;
        if last {
            break;
        }
    }
    Ok(())
}
