package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.session.LoginContract;

class LoginTest extends LoginContract {

    LoginTest() {
        super(SessionForm.LOCAL);
    }
}
