package org.cofferhsm.ca;

import org.cofferhsm.hsm.testing.HouseRules;
import org.cofferhsm.hsm.testing.HouseRulesContract;

class ArchitectureTest extends HouseRulesContract {
    ArchitectureTest() {
        super(HouseRules.mainCode("org.cofferhsm.ca"), HouseRules.tests("org.cofferhsm.ca"));
    }
}
