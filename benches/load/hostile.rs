//! Those who would have the bot for themselves: for each honest request one of theirs, of all the kinds that they have.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use mujaz::standin::{Call, Standin};
use serde_json::{Value, json};

/// How many they are. Each number is a person's, above those of the honest ones.
const PEOPLE: i64 = 20;
const FIRST: i64 = 1_000_000;

/// What they have at hand.
pub struct Hostile {
    pages: u16,
    /// Files that the stand-in holds, by their ids, which are their names.
    documents: Vec<String>,
    /// Pages that are served as `/hostile/NUMBER`.
    pub served: Vec<String>,
    /// The message of each that the bot has answered, and the data of a button under the answer.
    answers: Vec<(i64, i64, String)>,
}

impl Hostile {
    /// Reads the documents of `folder`, has its `pages.py` write its pages, and makes a text file of nine megabytes, and one of marks.
    pub fn new(telegram: &Standin, folder: &Path, pages: u16) -> Self {
        let written = tempfile::tempdir().expect("a folder");
        let script = folder.join("pages.py");
        if script.exists() {
            let ran = Command::new("python3").arg(&script).arg(written.path()).status();
            assert!(ran.is_ok_and(|status| status.success()), "{} writes its pages", script.display());
        }
        let (mut documents, mut served) = (vec!["large.txt".to_owned(), "marks.txt".to_owned()], Vec::new());
        telegram.set_file("large.txt", sentences(9 << 20).into_bytes());
        telegram.set_file("marks.txt", marks().into_bytes());
        telegram.set_file("long.txt", sentences(150_000).into_bytes());
        for folder in [folder, written.path()] {
            let mut files: Vec<_> =
                std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
            files.sort();
            for file in files {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let read = || std::fs::read(&file).expect("a file that can be read");
                match name.rsplit_once('.').map(|(_, extension)| extension) {
                    Some("pdf" | "docx") => telegram.set_file(&name, read()),
                    Some("html") => {
                        telegram.set_file(&name, read());
                        served.push(String::from_utf8_lossy(&read()).into_owned());
                    }
                    _ => continue,
                }
                documents.push(name);
            }
        }
        println!("hostile: {} documents, {} pages", documents.len(), served.len());
        Self { pages, documents, served, answers: Vec::new() }
    }

    /// Has each of them get one answer under which there are buttons.
    pub async fn begin(&mut self, telegram: &Standin) {
        for person in FIRST..FIRST + PEOPLE {
            let message = telegram.number(person);
            telegram.send(file(person, message, "long.txt"));
        }
        let of_theirs =
            |call: &&Call| call.done && call.parameters["chat_id"].as_i64().is_some_and(|chat| chat >= FIRST);
        let all =
            |calls: &[Call]| calls.iter().filter(of_theirs).filter(|c| c.method == "sendMessage").count();
        telegram.wait(Duration::from_mins(1), |calls| all(calls) >= PEOPLE as usize).await;
        for call in telegram.calls_of("sendMessage").iter().filter(of_theirs) {
            let button = &call.parameters["reply_markup"]["inline_keyboard"][0][0]["callback_data"];
            let (chat, message) = (&call.parameters["chat_id"], &call.result["message_id"]);
            if let (Some(data), Some(chat), Some(message)) =
                (button.as_str(), chat.as_i64(), message.as_i64())
            {
                self.answers.push((chat, message, data.to_owned()));
            }
        }
        println!("hostile: {} of {PEOPLE} have buttons", self.answers.len());
    }

    /// What they do as the `number`th thing.
    pub fn act(&self, number: u64, telegram: &Standin) -> Value {
        let turn = usize::try_from(number / 6).unwrap_or(0);
        let person = FIRST + number.cast_signed() % PEOPLE;
        let link = |path: &str| format!("http://127.0.1.1:{}/{path}", self.pages);
        match number % 6 {
            0 | 1 if !self.answers.is_empty() => {
                let (chat, message, data) = &self.answers[turn % self.answers.len()];
                json!({"callback_query": {"id": number.to_string(), "chat_instance": "1", "data": data,
                    "from": from(*chat), "message": {"message_id": message, "date": 1_790_000_000,
                        "chat": chat_of(*chat), "from": {"id": 1000, "is_bot": true, "first_name": "موجز"}, "text": "x"}}})
            }
            2 => json!({"inline_query": {"id": number.to_string(), "from": from(person),
                "query": link(&format!("slow/{number}")), "offset": ""}}),
            3 => {
                let mut edited =
                    super::update(person, 1, &link(&format!("new/edit{number}")))["message"].clone();
                edited["edit_date"] = json!(edited["date"].as_i64().unwrap_or_default() + 20);
                json!({"edited_message": edited})
            }
            4 if !self.served.is_empty() => {
                let page = link(&format!("hostile/{}?{number}", turn % self.served.len()));
                super::update(person, telegram.number(person), &page)
            }
            _ => file(person, telegram.number(person), &self.documents[turn % self.documents.len()]),
        }
    }
}

/// Sentences of an article that are all alike, so many bytes of them.
fn sentences(bytes: usize) -> String {
    let mut text = String::from("الوزارة تعرض مراحل مشروع الآبار في المحافظات الشرقية\n\n");
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        // Writing into a string does not fail.
        let _ = writeln!(
            text,
            "وأوضحت الوزارة أن المرحلة {number} من المشروع تشمل حفر {number}0 بئراً في محافظة جديدة."
        );
    }
    text
}

/// Two megabytes of lines that are marks for the most part.
fn marks() -> String {
    let line = format!("أعلنت الوزارة اليوم خطة جديدة لتطوير الطرق{}\n", "!".repeat(300));
    line.repeat((2 << 20) / line.len())
}

fn file(person: i64, message: i64, name: &str) -> Value {
    json!({"message": {"message_id": message, "date": 1_790_000_000, "chat": chat_of(person), "from": from(person),
        "document": {"file_id": name, "file_unique_id": name, "file_name": name}}})
}

fn chat_of(person: i64) -> Value {
    json!({"id": person, "type": "private", "first_name": "س"})
}

fn from(person: i64) -> Value {
    json!({"id": person, "is_bot": false, "first_name": "س", "language_code": "ar"})
}
