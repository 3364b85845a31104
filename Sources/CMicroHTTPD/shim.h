#include <microhttpd.h>

// MHD_start_daemon takes its options as variable arguments. The socket is the daemon's from then on, if there is one.
static inline struct MHD_Daemon *_Nullable CMicroHTTPD_start(
    int socket, MHD_AccessHandlerCallback _Nonnull answer, void *_Nullable context,
    unsigned connections, size_t bytesOfEach, unsigned seconds) {
  return MHD_start_daemon(
      MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC, 0, NULL, NULL, answer, context,
      MHD_OPTION_LISTEN_SOCKET, (MHD_socket)socket, MHD_OPTION_CONNECTION_LIMIT, connections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, bytesOfEach, MHD_OPTION_CONNECTION_TIMEOUT, seconds,
      MHD_OPTION_END);
}

// Answers a request and closes its connection; the body is copied. Enumerations of the library are used here alone,
// since versions of Swift differ in how they show them.
static inline enum MHD_Result CMicroHTTPD_answer(
    struct MHD_Connection *_Nonnull connection, unsigned status, const char *_Nonnull type,
    const void *_Nullable body, size_t size) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer(size, (void *)body, MHD_RESPMEM_MUST_COPY);
  if (!response) return MHD_NO;
  MHD_add_response_header(response, "Content-Type", type);
  MHD_add_response_header(response, "Cache-Control", "no-store");
  MHD_add_response_header(response, "Connection", "close");
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, "Allow", "GET, HEAD");
  enum MHD_Result result = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return result;
}

static const enum MHD_Result CMicroHTTPD_refuse = MHD_NO;
