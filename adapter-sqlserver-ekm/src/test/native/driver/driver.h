/* The scenarios of the driver. */
#ifndef DRIVER_H
#define DRIVER_H

typedef struct {
    const char *library;
    const char *user;
    const char *pin;
} driver_settings;

extern driver_settings settings;

/* Each loads the library, and unloads it in the end. */
void information(void);
void wrong_credential(void);
void rsa(void);
void aes(void);
void duplicate(void);
void tampered(void);
void arguments(void);
void threads(void);
void reload(void);
void handles(void);
void speed(void);

/* The service is not there. */
void absent(void);

/* The service does not take our secret file. */
void refused(void);

/* A session that lasts while the service comes and goes: it opens, works, fails as long as nobody answers, and closes. */
void open_session(void);
void use_session(void);
void lose_session(void);
void close_session(void);

#endif
