// The event loop of this process, and connections that carry MQTT: inside WebSockets or straight over TCP,
// with or without TLS. Boost.Asio waits (epoll), Boost.Beast speaks WebSocket, OpenSSL speaks TLS.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "bytes.hpp"
#include "ids.hpp"
#include "input.hpp"

namespace trtc::native {

struct Network {
  Network();

  boost::asio::io_context loop{1};
  /// Trusts what the system trusts, or the file that SSL_CERT_FILE names.
  boost::asio::ssl::context tls;
};

/// What happened to a socket: SocketOpened, SocketReceived or SocketClosed.
using Report = std::function<void(Input)>;

class Connection {
 public:
  virtual ~Connection() = default;
  virtual void send(Bytes bytes) = 0;
  /// Sends what still waits, then says goodbye. From here on nothing is reported.
  virtual void close() = 0;
};

/// Reports once it is open, or that it could not be opened: never from within this call.
std::shared_ptr<Connection> connect(Network& network, SocketId socket, const std::string& url, Report report);

}  // namespace trtc::native
