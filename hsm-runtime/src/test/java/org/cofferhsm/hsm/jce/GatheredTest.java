package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheredTest {

    @Test
    void keepsPartsInTheirOrder() {
        Gathered gathered = new Gathered(new byte[1]);
        gathered.add(new byte[] {9, 1, 2}, 1, 2);
        gathered.add(new byte[] {3, 4, 5, 6, 9}, 0, 4);
        gathered.add(new byte[0], 0, 0);

        assertThat(gathered.copy()).containsExactly(1, 2, 3, 4, 5, 6);
        gathered.clear();
        assertThat(gathered.copy()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItGrows() {
        byte[] outgrown = new byte[2];
        Gathered gathered = new Gathered(outgrown);
        gathered.add(new byte[] {1, 2}, 0, 2);
        gathered.add(new byte[] {3}, 0, 1);

        assertThat(outgrown).containsOnly(0);
        assertThat(gathered.copy()).containsExactly(1, 2, 3);
    }

    @Test
    void leavesNothingBehindWhenItIsCleared() {
        byte[] buffer = new byte[4];
        Gathered gathered = new Gathered(buffer);
        gathered.add(new byte[] {1, 2, 3}, 0, 3);
        gathered.clear();

        assertThat(buffer).containsOnly(0);
    }
}
