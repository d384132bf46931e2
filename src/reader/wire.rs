//! What is said between this program and the processes that read for it: frames of a length (four bytes, the lowest first) and as
//! many bytes. A process says that it is ready; then each request is two frames, where the document came from and its bytes, and
//! each answer one.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::article::document::Reading;

/// The most bytes of one frame. Documents are smaller, and so is what can be in them; a longer frame is a fault.
const LARGEST: usize = 32 << 20;

/// The first frame of a process.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ready {
    /// Whether the system lets it do nothing but read and answer.
    pub(super) confined: bool,
}

/// The answer to one document.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answer {
    /// What the document holds.
    pub(super) reading: Reading,
    /// Whether it is the process's last: it has grown, or worked for long.
    pub(super) last: bool,
}

/// Writes a frame.
pub(super) fn write(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&head(bytes)?)?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a frame; `None` where no other comes.
pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 4];
    match from.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut bytes = vec![0; length(head)?];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

/// Sends a frame.
pub(super) async fn send(to: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    to.write_all(&head(bytes)?).await?;
    to.write_all(bytes).await?;
    to.flush().await
}

/// Receives a frame. Memory is taken for what has come, and not for what was promised.
pub(super) async fn receive(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut head = [0; 4];
    from.read_exact(&mut head).await?;
    let wanted = length(head)?;
    let mut bytes = Vec::new();
    from.take(wanted as u64).read_to_end(&mut bytes).await?;
    if bytes.len() == wanted { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// What a frame says.
pub(super) fn parse<T: DeserializeOwned>(frame: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(frame)?)
}

fn head(bytes: &[u8]) -> io::Result<[u8; 4]> {
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length as usize <= LARGEST);
    length.map(u32::to_le_bytes).ok_or_else(|| io::ErrorKind::FileTooLarge.into())
}

fn length(head: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(head) as usize;
    if length <= LARGEST { Ok(length) } else { Err(io::ErrorKind::InvalidData.into()) }
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, read, receive, write};

    #[tokio::test]
    async fn frames_come_as_they_were_written() {
        let mut written = Vec::new();
        write(&mut written, b"first").expect("memory takes it");
        write(&mut written, b"").expect("memory takes it");
        let mut from = written.as_slice();
        assert_eq!(read(&mut from).expect("a frame").as_deref(), Some(&b"first"[..]));
        assert_eq!(receive(&mut from).await.expect("a frame"), b"");
        assert_eq!(read(&mut from).expect("the end"), None);
    }

    #[tokio::test]
    async fn a_frame_that_promises_too_much_or_breaks_off_is_a_fault() {
        let promise = u32::try_from(LARGEST + 1).expect("a small number").to_le_bytes();
        assert!(read(&mut &promise[..]).is_err());
        assert!(receive(&mut &promise[..]).await.is_err());
        assert!(read(&mut &[3, 0, 0, 0, b'x'][..]).is_err());
        assert!(receive(&mut &[3, 0, 0, 0, b'x'][..]).await.is_err());
    }
}
