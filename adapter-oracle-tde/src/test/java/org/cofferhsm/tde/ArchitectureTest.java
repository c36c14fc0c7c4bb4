package org.cofferhsm.tde;

import org.cofferhsm.hsm.testing.HouseRules;
import org.cofferhsm.hsm.testing.HouseRulesContract;

class ArchitectureTest extends HouseRulesContract {
    ArchitectureTest() {
        super(HouseRules.mainCode("org.cofferhsm.tde"), HouseRules.tests("org.cofferhsm.tde"));
    }
}
