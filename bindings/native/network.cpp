#include "native/network.hpp"

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <optional>
#include <type_traits>
#include <utility>

#include "native/address.hpp"

namespace trtc::native {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using Plain = beast::tcp_stream;
using Tls = beast::ssl_stream<beast::tcp_stream>;

constexpr auto patience = std::chrono::seconds(10);
constexpr std::uint16_t abnormal = 1006;
constexpr std::uint16_t try_later = 1013;
constexpr const char* sub_protocol = "mqtt";

/// Whose certificate is wanted. Many servers share an address, so it is also asked for by name.
bool expect_name(SSL* tls, const std::string& host) {
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host.c_str()) == 1) return true;
  return SSL_set_tlsext_host_name(tls, host.c_str()) == 1 && SSL_set1_host(tls, host.c_str()) == 1;
}

/// Whatever a connection is made of: names become addresses, bytes wait for their turn, the end is told once.
template <class Stream, class Derived>
class Common : public Connection, public std::enable_shared_from_this<Derived> {
 public:
  Common(Network& network, SocketId socket, Address address, Report report)
      : address_(std::move(address)), socket_(socket), report_(std::move(report)), resolver_(network.loop) {}

  void open() {
    resolver_.async_resolve(address_.host, address_.port, then([](Derived& self, const auto& found) {
                              self.tcp().expires_after(patience);
                              self.tcp().async_connect(
                                  found, self.then([](Derived& me, const auto&) { me.connected(); }));
                            }));
  }

  void send(Bytes bytes) override {
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    if (open_ && writing_.empty()) write();
  }

  void close() override {
    report_ = nullptr;
    closing_ = true;
    if (!open_) {
      resolver_.cancel();
      tcp().close();
    } else if (writing_.empty()) {
      self().say_goodbye();
    }
  }

 protected:
  /// A handler that keeps the connection alive, and ends it at an error.
  template <class Act>
  auto then(Act act) {
    return [self = this->shared_from_this(), act = std::move(act)](
               error_code error, [[maybe_unused]] const auto&... result) -> void {
      if (error) return self->fail(error);
      if constexpr (std::is_invocable_v<Act, Derived&>) {
        act(*self);
      } else {
        act(*self, result...);
      }
    };
  }

  void connected() {
    tcp().socket().set_option(tcp::no_delay(true));
    if constexpr (std::is_same_v<Stream, Tls>) {
      Tls& tls = self().tls();
      if (!expect_name(tls.native_handle(), address_.host)) return end(abnormal, "no TLS for this name");
      tls.async_handshake(asio::ssl::stream_base::client, then([](Derived& me) { me.secured(); }));
    } else {
      self().secured();
    }
  }

  void opened() {
    open_ = true;
    tell(input::SocketOpened{socket_});
    self().read();
  }

  void received(const std::uint8_t* data, std::size_t size) {
    tell(input::SocketReceived{socket_, Bytes(data, data + size)});
  }

  void write() {
    writing_ = std::exchange(waiting_, {});
    self().write_all(asio::buffer(writing_),
                     [self = this->shared_from_this()](error_code error, std::size_t) {
                       self->writing_.clear();
                       if (error) return;  // The reading side learns why.
                       if (!self->waiting_.empty()) {
                         self->write();
                       } else if (self->closing_) {
                         self->self().say_goodbye();
                       }
                     });
  }

  void end(std::uint16_t code, std::string reason) {
    tcp().close();
    tell(input::SocketClosed{socket_, code, std::move(reason)});
    report_ = nullptr;
  }

  void fail(error_code error) { end(self().close_code(), self().close_reason(error)); }

  Plain& tcp() { return beast::get_lowest_layer(self().stream()); }

  Address address_;

 private:
  Derived& self() { return static_cast<Derived&>(*this); }

  void tell(Input input) {
    // The listener may close us meanwhile.
    const Report report = report_;
    if (report) report(std::move(input));
  }

  SocketId socket_;
  Report report_;
  tcp::resolver resolver_;
  Bytes waiting_, writing_;
  bool open_ = false, closing_ = false;
};

template <class Stream>
Stream make_stream(Network& network) {
  if constexpr (std::is_same_v<Stream, Tls>) {
    return Tls(Plain(network.loop), network.tls);
  } else {
    return Plain(network.loop);
  }
}

template <class Stream>
class Web final : public Common<Stream, Web<Stream>> {
 public:
  Web(Network& network, SocketId socket, Address address, Report report)
      : Common<Stream, Web>(network, socket, std::move(address), std::move(report)),
        ws_(make_stream<Stream>(network)) {
    ws_.binary(true);
    ws_.auto_fragment(false);
    ws_.set_option(websocket::stream_base::timeout{patience, websocket::stream_base::none(), false});
    ws_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
      request.set(http::field::sec_websocket_protocol, sub_protocol);
      request.set(http::field::user_agent, "trtc-calling native");
    }));
  }

  auto& stream() { return ws_; }
  Stream& tls() { return ws_.next_layer(); }

  void secured() {
    this->tcp().expires_never();  // The WebSocket has a clock of its own.
    ws_.async_handshake(answer_, this->address_.authority(), this->address_.path,
                        [self = this->shared_from_this()](error_code error) { self->shaken(error); });
  }

  void read() {
    ws_.async_read_some(ws_bytes_.prepare(4096), this->then([](Web& self, std::size_t size) {
      self.ws_bytes_.commit(size);
      const auto data = self.ws_bytes_.data();
      self.received(static_cast<const std::uint8_t*>(data.data()), size);
      self.ws_bytes_.consume(size);
      self.read();
    }));
  }

  template <class Buffer, class Done>
  void write_all(Buffer buffer, Done done) {
    ws_.async_write(buffer, std::move(done));
  }

  void say_goodbye() {
    ws_.async_close(websocket::close_code::normal, [self = this->shared_from_this()](error_code) {});
  }

  std::uint16_t close_code() const {
    const std::uint16_t code = ws_.reason().code;
    return code == websocket::close_code::none ? abnormal : code;
  }

  std::string close_reason(error_code error) const {
    return error == websocket::error::closed ? std::string(ws_.reason().reason.c_str()) : error.message();
  }

 private:
  void shaken(error_code error) {
    if (error == websocket::error::upgrade_declined) {
      // 429 and 503: not now. A browser cannot see them; the server tells pages by this close code.
      const unsigned status = answer_.result_int();
      return this->end(status == 429 || status == 503 ? try_later : abnormal,
                       "HTTP " + std::to_string(status));
    }
    if (error) return this->fail(error);
    if (answer_[http::field::sec_websocket_protocol] != sub_protocol)
      return this->end(abnormal, "the server does not speak the sub-protocol mqtt");
    answer_ = {};
    this->opened();
  }

  websocket::stream<Stream> ws_;
  websocket::response_type answer_;
  beast::flat_buffer ws_bytes_;
};

template <class Stream>
class Raw final : public Common<Stream, Raw<Stream>> {
 public:
  Raw(Network& network, SocketId socket, Address address, Report report)
      : Common<Stream, Raw>(network, socket, std::move(address), std::move(report)),
        stream_(make_stream<Stream>(network)) {}

  auto& stream() { return stream_; }
  Stream& tls() { return stream_; }

  void secured() {
    this->tcp().expires_never();
    this->opened();
  }

  void read() {
    stream_.async_read_some(asio::buffer(bytes_), this->then([](Raw& self, std::size_t size) {
      self.received(self.bytes_.data(), size);
      self.read();
    }));
  }

  template <class Buffer, class Done>
  void write_all(Buffer buffer, Done done) {
    asio::async_write(stream_, buffer, std::move(done));
  }

  void say_goodbye() { this->tcp().close(); }

  static std::uint16_t close_code() { return abnormal; }
  static std::string close_reason(error_code error) { return error.message(); }

 private:
  Stream stream_;
  std::array<std::uint8_t, 4096> bytes_;
};

template <class Made>
std::shared_ptr<Connection> make(Network& network, SocketId socket, Address address, Report report) {
  auto made = std::make_shared<Made>(network, socket, std::move(address), std::move(report));
  made->open();
  return made;
}

}  // namespace

Network::Network() : tls(asio::ssl::context::tls_client) {
  tls.set_default_verify_paths();
  tls.set_verify_mode(asio::ssl::verify_peer);
}

std::shared_ptr<Connection> connect(Network& network, SocketId socket, const std::string& url,
                                    Report report) {
  std::optional<Address> address = parse_address(url);
  if (!address) {
    asio::post(network.loop, [socket, report = std::move(report)] {
      report(input::SocketClosed{socket, abnormal, "not an address of a server"});
    });
    return nullptr;
  }
  const auto start = [&](auto made) { return made(network, socket, std::move(*address), std::move(report)); };
  if (address->web) return address->tls ? start(make<Web<Tls>>) : start(make<Web<Plain>>);
  return address->tls ? start(make<Raw<Tls>>) : start(make<Raw<Plain>>);
}

}  // namespace trtc::native
