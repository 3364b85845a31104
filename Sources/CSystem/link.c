// What the kernel knows of TCP connections of this machine, whoever owns them: sock_diag(7) and tcp(7).
#define _GNU_SOURCE
#include "CSystem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int CSystem_openSocketDiagnosis(void) {
  return socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
}

static int ask(
    int descriptor, const char *from, int fromPort, const char *to, int toPort) {
  struct {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
  } request = {
      .header = {.nlmsg_len = sizeof request, .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST},
      .body = {
          .sdiag_family = strchr(from, ':') ? AF_INET6 : AF_INET,
          .sdiag_protocol = IPPROTO_TCP,
          .idiag_ext = 1 << (INET_DIAG_INFO - 1),
          .idiag_states = ~0u,
      },
  };
  struct inet_diag_sockid *id = &request.body.id;
  id->idiag_sport = htons((uint16_t)fromPort);
  id->idiag_dport = htons((uint16_t)toPort);
  id->idiag_cookie[0] = id->idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  if (inet_pton(request.body.sdiag_family, from, id->idiag_src) != 1 ||
      inet_pton(request.body.sdiag_family, to, id->idiag_dst) != 1) {
    errno = EINVAL;
    return -1;
  }
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  ssize_t sent =
      sendto(descriptor, &request, sizeof request, 0, (struct sockaddr *)&kernel, sizeof kernel);
  return sent == (ssize_t)sizeof request ? 0 : -1;
}

static void read_info(
    const struct inet_diag_msg *answer, size_t length, int64_t *roundTrip) {
  const char *place = (const char *)answer + NLMSG_ALIGN(sizeof *answer);
  size_t rest = length - NLMSG_ALIGN(sizeof *answer);
  while (rest >= sizeof(struct rtattr)) {
    struct rtattr attribute;
    memcpy(&attribute, place, sizeof attribute);
    size_t size = attribute.rta_len;
    if (size < sizeof attribute || size > rest) return;
    size_t end = RTA_LENGTH(0) + offsetof(struct tcp_info, tcpi_rtt) + sizeof(uint32_t);
    if (attribute.rta_type == INET_DIAG_INFO && size >= end) {
      uint32_t microseconds;
      memcpy(
          &microseconds, place + RTA_LENGTH(0) + offsetof(struct tcp_info, tcpi_rtt),
          sizeof microseconds);
      *roundTrip = microseconds;
      return;
    }
    size_t step = RTA_ALIGN(size);
    if (step >= rest) return;
    place += step;
    rest -= step;
  }
}

int CSystem_connectionFigures(
    int descriptor, const char *from, int fromPort, const char *to, int toPort, int64_t *queued,
    int64_t *roundTrip) {
  if (ask(descriptor, from, fromPort, to, toPort) != 0) return -1;
  // The kernel has answered by now.
  char buffer[4096] __attribute__((aligned(NLMSG_ALIGNTO)));
  ssize_t count = recv(descriptor, buffer, sizeof buffer, 0);
  if (count < (ssize_t)NLMSG_HDRLEN) {
    if (count >= 0) errno = EBADMSG;
    return -1;
  }
  struct nlmsghdr *header = (struct nlmsghdr *)buffer;
  if (!NLMSG_OK(header, (size_t)count) || header->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
      header->nlmsg_len < NLMSG_LENGTH(sizeof(struct inet_diag_msg))) {
    errno = ENOENT;
    return -1;
  }
  struct inet_diag_msg *answer = NLMSG_DATA(header);
  *queued = answer->idiag_wqueue;
  *roundTrip = -1;
  read_info(answer, header->nlmsg_len - NLMSG_HDRLEN, roundTrip);
  return 0;
}

int64_t CSystem_bytesRead(int descriptor) {
  struct tcp_info info;
  socklen_t size = sizeof info;
  socklen_t end = offsetof(struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || size < end) return -1;
  // What has come meanwhile is not read either.
  int waiting = 0;
  if (ioctl(descriptor, FIONREAD, &waiting) != 0) return -1;
  return (int64_t)info.tcpi_bytes_received - waiting;
}
