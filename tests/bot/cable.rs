//! A line from a port of this machine to another program, which a test cuts and mends.

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

pub struct Cable {
    port: u16,
    target: (String, u16),
    line: AbortHandle,
}

impl Cable {
    pub async fn to(url: &url::Url) -> Self {
        let target = (url.host_str().expect("a host").to_owned(), url.port().unwrap_or(5432));
        let (port, line) = lay(0, Some(target.clone())).await;
        Self { port, target, line }
    }

    /// The address of what is behind the line, by way of the line.
    pub fn through(&self, url: &url::Url) -> url::Url {
        let mut url = url.clone();
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(self.port)).expect("a port");
        url
    }

    /// Ends all connections, and refuses new ones.
    pub fn cut(&self) {
        self.line.abort();
    }

    /// Ends all connections, and hangs up on new ones: a proxy whose server is gone.
    pub async fn hang_up(&mut self) {
        self.replace(None).await;
    }

    pub async fn mend(&mut self) {
        self.replace(Some(self.target.clone())).await;
    }

    async fn replace(&mut self, target: Option<(String, u16)>) {
        self.line.abort();
        (_, self.line) = lay(self.port, target).await;
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.line.abort();
    }
}

async fn lay(port: u16, target: Option<(String, u16)>) -> (u16, AbortHandle) {
    let listener = loop {
        // The line before may hold the port for a moment.
        match TcpListener::bind(("127.0.0.1", port)).await {
            Ok(listener) => break listener,
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    };
    let port = listener.local_addr().expect("an address").port();
    let task = tokio::spawn(async move {
        // Dropped, and the connections with it, when this task is aborted.
        let mut connections = JoinSet::new();
        loop {
            let (mut near, _) = listener.accept().await.expect("a connection");
            let Some(target) = target.clone() else { continue };
            connections.spawn(async move {
                let mut far = TcpStream::connect(&target).await?;
                tokio::io::copy_bidirectional(&mut near, &mut far).await.map(drop)
            });
        }
    });
    (port, task.abort_handle())
}
