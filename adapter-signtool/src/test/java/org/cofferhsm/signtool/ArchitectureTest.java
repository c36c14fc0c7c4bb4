package org.cofferhsm.signtool;

import org.cofferhsm.hsm.testing.HouseRules;
import org.cofferhsm.hsm.testing.HouseRulesContract;

class ArchitectureTest extends HouseRulesContract {
    ArchitectureTest() {
        super(HouseRules.mainCode("org.cofferhsm.signtool"), HouseRules.tests("org.cofferhsm.signtool"));
    }
}
