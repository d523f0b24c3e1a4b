/* A bad disk. Loaded into a test by LD_PRELOAD, this sees each call by which the process changes files in the folder it
 * watches, those of SQLite (by the C library) and those of Go (which calls the system itself) alike: a filter of the
 * kernel (seccomp, user notification) stops each such call and hands it to a thread of this library, which does it,
 * fails it, or does half of it, and writes it into a journal. One thread does them all, one after another, so the order
 * of the journal is the order in which they happened.
 *
 * The test speaks to it by opening files below /fonds-bad-disk/, which are not there; see command(). The journal is a
 * row of records, see journal.go.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, CREATE = 8, RENAME = 16, UNLINK = 32, LINK = 64, MKDIR = 128, NOTE = 256 };

#define HEARD EXDEV /* how a command is answered */
#define PREFIX "/fonds-bad-disk/"

static volatile int listener = -1;
static char watched[4096];
static int journal = -1;
static unsigned fail_kinds;      /* which calls count */
static long fail_at, fail_count; /* the first to fail, from 1; how many do, 0: all from there on */
static int fail_errno, fail_how; /* how: 0 fail, 1 half a write first, 2 lie: say it was done */
static long seen;                /* of the calls that count */

static void record(int kind, int err, uint64_t ino, int64_t off, const char *path, size_t plen, const void *data, size_t n) {
	if (journal < 0)
		return;
	struct { uint32_t kind, err; uint64_t ino; int64_t off; uint64_t plen, n; } h = {kind, err, ino, off, plen, n};
	char *all = malloc(sizeof h + plen + n);
	memcpy(all, &h, sizeof h);
	memcpy(all + sizeof h, path, plen);
	if (n)
		memcpy(all + sizeof h + plen, data, n);
	size_t left = sizeof h + plen + n;
	if (write(journal, all, left) != (ssize_t)left)
		abort(); /* the test's own disk is full */
	free(all);
}

static int within(const char *path) {
	size_t n = strlen(watched);
	return n && !strncmp(path, watched, n) && (path[n] == '/' || !path[n]);
}

/* of_fd gives the path behind a descriptor, and whether it is watched. */
static int of_fd(int fd, char *path) {
	char link[64];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, 4095);
	path[n < 0 ? 0 : n] = 0;
	return n > 0 && within(path);
}

static int of_path(int dir, const char *name, char *path) {
	path[0] = 0;
	if (!name)
		return 0;
	if (name[0] != '/') {
		if (dir == AT_FDCWD) {
			if (!getcwd(path, 2048))
				return 0;
		} else
			of_fd(dir, path);
		strcat(path, "/");
	}
	strncat(path, name, 2000);
	return within(path);
}

static uint64_t ino_of(const char *path) {
	struct stat st;
	return lstat(path, &st) ? 0 : st.st_ino;
}

/* verdict of a call that counts: 0 do it, 1 fail it, 2 do half and fail what comes, 3 lie. */
static int verdict(int kind) {
	if (!(fail_kinds & kind))
		return 0;
	seen++;
	if (seen < fail_at || (fail_count && seen >= fail_at + fail_count))
		return 0;
	if (fail_how == 1)
		return kind == WRITE && seen == fail_at ? 2 : 1;
	return fail_how == 2 ? 3 : 1;
}

static void command(const char *c) {
	char kind[32];
	long a, b, d;
	int e, h;
	if (!strncmp(c, "watch/", 6)) {
		snprintf(watched, sizeof watched, "%s", c + 6);
	} else if (!strncmp(c, "journal/", 8)) {
		if (journal >= 0)
			close(journal);
		journal = c[8] ? open(c + 8, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0666) : -1;
	} else if (sscanf(c, "fail/%ld/%ld/%ld/%d/%d", &a, &b, &d, &e, &h) == 5) {
		fail_kinds = a, fail_at = b, fail_count = d, fail_errno = e, fail_how = h, seen = 0;
	} else if (sscanf(c, "%31[a-z]", kind) == 1 && !strcmp(kind, "heal")) {
		fail_kinds = 0;
	} else if (!strncmp(c, "note/", 5)) {
		record(NOTE, 0, 0, seen, c + 5, strlen(c + 5), NULL, 0);
	}
}

static int64_t result; /* of the call at hand; a negative errno where it failed */
static int pass;       /* let the kernel do it */

static int did(int64_t r) {
	result = r < 0 ? -errno : r;
	return r >= 0;
}

static void writing(int fd, const char *buf, size_t n, int64_t off, int at) {
	char path[8192];
	if (!of_fd(fd, path)) {
		pass = 1;
		return;
	}
	struct stat st;
	fstat(fd, &st);
	size_t plen = strlen(path);
	if (!at) {
		off = fcntl(fd, F_GETFL) & O_APPEND ? st.st_size : lseek(fd, 0, SEEK_CUR);
	}
	int v = verdict(WRITE);
	if (v == 2)
		n = n > 1 ? n / 2 : n;
	if (v == 1) {
		result = -fail_errno;
		record(WRITE, fail_errno, st.st_ino, off, path, plen, NULL, 0);
		return;
	}
	if (v == 3) {
		result = n;
		if (!at)
			lseek(fd, n, SEEK_CUR);
	} else if (!did(at ? pwrite(fd, buf, n, off) : write(fd, buf, n))) {
		record(WRITE, -result, st.st_ino, off, path, plen, NULL, 0);
		return;
	}
	record(WRITE, 0, st.st_ino, off, path, plen, buf, v == 3 ? 0 : result);
}

static void syncing(int fd) {
	char path[8192];
	if (!of_fd(fd, path)) {
		pass = 1;
		return;
	}
	struct stat st;
	fstat(fd, &st);
	int v = verdict(SYNC);
	if (v == 1) {
		result = -fail_errno;
	} else if (v == 3) {
		result = 0;
	}
	/* An honest one has nothing to wait for: what survives a loss of power is worked out from the journal. */
	record(SYNC, v == 3 ? EAGAIN : v ? fail_errno : 0, st.st_ino, 0, path, strlen(path), NULL, 0);
}

static void truncating(int fd, int64_t size) {
	char path[8192];
	if (!of_fd(fd, path)) {
		pass = 1;
		return;
	}
	struct stat st;
	fstat(fd, &st);
	int v = verdict(TRUNCATE);
	if (v == 1)
		result = -fail_errno;
	else if (v != 3)
		did(ftruncate(fd, size));
	record(TRUNCATE, v == 3 ? EAGAIN : result < 0 ? -result : 0, st.st_ino, size, path, strlen(path), NULL, 0);
}

static void opening(int dir, const char *name, int flags, int mode) {
	char path[8192];
	if (name && !strncmp(name, PREFIX, sizeof PREFIX - 1)) {
		command(name + sizeof PREFIX - 1);
		result = -HEARD;
		return;
	}
	if (!of_path(dir, name, path) || (flags & O_TMPFILE) == O_TMPFILE) {
		pass = 1;
		return;
	}
	uint64_t was = ino_of(path);
	int kind = (flags & O_CREAT) && !was ? CREATE : (flags & O_TRUNC) && was ? TRUNCATE : 0;
	if (!kind) {
		pass = 1;
		return;
	}
	if (verdict(kind)) { /* a descriptor cannot be a lie */
		result = -fail_errno;
		record(kind, fail_errno, was, 0, path, strlen(path), NULL, 0);
		return;
	}
	did(openat(dir, name, flags, mode));
	record(kind, result < 0 ? -result : 0, ino_of(path), 0, path, strlen(path), NULL, 0);
}

/* naming does what changes names: of one path, or from one to another. */
static void naming(int kind, int d1, const char *p1, int d2, const char *p2, int flags) {
	char path[16384], *to;
	int in = of_path(d1, p1, path);
	size_t n = strlen(path) + 1;
	to = path + n;
	*to = 0;
	if (p2) {
		in = of_path(d2, p2, to) || in;
		n += strlen(to);
	} else
		n--;
	if (!in) {
		pass = 1;
		return;
	}
	uint64_t ino = ino_of(path);
	int v = verdict(kind);
	if (v == 1)
		result = -fail_errno;
	else if (v != 3)
		switch (kind) {
		case RENAME: did(syscall(SYS_renameat2, d1, p1, d2, p2, flags)); break;
		case UNLINK: did(unlinkat(d1, p1, flags)); break;
		case LINK: did(linkat(d1, p1, d2, p2, flags)); break;
		case MKDIR: did(mkdirat(d1, p1, flags)); ino = ino_of(path); break;
		}
	record(kind, v == 3 ? EAGAIN : result < 0 ? -result : 0, ino, 0, path, n, NULL, 0);
}

/* vector answers writes of several pieces by doing the first: a short write, which every caller must go on from. */
static void vector(int fd, const struct iovec *v, long n, int64_t off, int at) {
	while (n > 0 && !v->iov_len)
		v++, n--;
	if (n > 0)
		writing(fd, v->iov_base, v->iov_len, off, at);
	else
		pass = 1;
}

static void refuse(int fd, int err) {
	char path[8192];
	if (of_fd(fd, path))
		result = -err; /* there is always a plainer way to do it, which the caller takes */
	else
		pass = 1;
}

static void handle(const struct seccomp_data *d) {
	const uint64_t *a = (const uint64_t *)d->args;
	switch (d->nr) {
#ifdef SYS_open
	case SYS_open: opening(AT_FDCWD, (char *)a[0], a[1], a[2]); break;
	case SYS_creat: opening(AT_FDCWD, (char *)a[0], O_CREAT | O_WRONLY | O_TRUNC, a[1]); break;
	case SYS_rename: naming(RENAME, AT_FDCWD, (char *)a[0], AT_FDCWD, (char *)a[1], 0); break;
	case SYS_unlink: naming(UNLINK, AT_FDCWD, (char *)a[0], 0, NULL, 0); break;
	case SYS_rmdir: naming(UNLINK, AT_FDCWD, (char *)a[0], 0, NULL, AT_REMOVEDIR); break;
	case SYS_link: naming(LINK, AT_FDCWD, (char *)a[0], AT_FDCWD, (char *)a[1], 0); break;
	case SYS_mkdir: naming(MKDIR, AT_FDCWD, (char *)a[0], 0, NULL, a[1]); break;
#endif
#ifdef SYS_renameat
	case SYS_renameat: naming(RENAME, a[0], (char *)a[1], a[2], (char *)a[3], 0); break;
#endif
	case SYS_openat: opening(a[0], (char *)a[1], a[2], a[3]); break;
	case SYS_renameat2: naming(RENAME, a[0], (char *)a[1], a[2], (char *)a[3], a[4]); break;
	case SYS_unlinkat: naming(UNLINK, a[0], (char *)a[1], 0, NULL, a[2]); break;
	case SYS_linkat: naming(LINK, a[0], (char *)a[1], a[2], (char *)a[3], a[4]); break;
	case SYS_mkdirat: naming(MKDIR, a[0], (char *)a[1], 0, NULL, a[2]); break;
	case SYS_write: writing(a[0], (char *)a[1], a[2], 0, 0); break;
	case SYS_pwrite64: writing(a[0], (char *)a[1], a[2], a[3], 1); break;
	case SYS_writev: vector(a[0], (void *)a[1], a[2], 0, 0); break;
	case SYS_pwritev: case SYS_pwritev2: vector(a[0], (void *)a[1], a[2], a[3], (int64_t)a[3] >= 0); break;
	case SYS_fsync: case SYS_fdatasync: syncing(a[0]); break;
	case SYS_ftruncate: truncating(a[0], a[1]); break;
	case SYS_fallocate: refuse(a[0], EOPNOTSUPP); break;
	case SYS_copy_file_range: refuse(a[2], EXDEV); break;
	case SYS_sendfile: refuse(a[0], EINVAL); break;
	default: pass = 1;
	}
}

static void *serve(void *unused) {
	static union { struct seccomp_notif n; char room[1024]; } req;
	static union { struct seccomp_notif_resp r; char room[1024]; } resp;
	while (listener == -1)
		sched_yield();
	if (listener < 0)
		return unused; /* this system does not let us: the test sees that no command is heard */
	for (;;) {
		memset(&req, 0, sizeof req);
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &req.n))
			continue;
		memset(&resp, 0, sizeof resp);
		resp.r.id = req.n.id;
		pass = result = 0;
		/* A program that the test started has its own memory: it is not watched. */
		if (syscall(SYS_tgkill, getpid(), req.n.pid, 0))
			pass = 1;
		else
			handle(&req.n.data);
		if (pass)
			resp.r.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		else if (result < 0)
			resp.r.error = result;
		else
			resp.r.val = result;
		ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &resp.r);
	}
	return unused;
}

static const int calls[] = {
#ifdef SYS_open
	SYS_open, SYS_creat, SYS_rename, SYS_unlink, SYS_rmdir, SYS_link, SYS_mkdir,
#endif
#ifdef SYS_renameat
	SYS_renameat,
#endif
	SYS_openat, SYS_renameat2, SYS_unlinkat, SYS_linkat, SYS_mkdirat, SYS_write, SYS_pwrite64, SYS_writev, SYS_pwritev,
	SYS_pwritev2, SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_fallocate, SYS_copy_file_range, SYS_sendfile,
};

__attribute__((constructor)) static void start(void) {
	enum { N = sizeof calls / sizeof *calls };
	struct sock_filter f[N + 3];
	pthread_t thread;
	sigset_t all, before;
	unsetenv("LD_PRELOAD"); /* programs that the test starts have no filter of their own */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int failed = pthread_create(&thread, NULL, serve, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return;
	f[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (int i = 0; i < N; i++)
		f[1 + i] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], N - i, 0);
	f[N + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	f[N + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	struct sock_fprog prog = {N + 3, f};
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	/* A signal must not break off a call that is being done: it would be done twice. */
	int l = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &prog);
	listener = l < 0 ? -2 : l;
}
