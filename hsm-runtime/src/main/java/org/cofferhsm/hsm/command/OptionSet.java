package org.cofferhsm.hsm.command;

import java.util.Collection;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options that one command takes, each by its long name. */
public final class OptionSet {

    private final Options options = new Options();

    OptionSet() {}

    /** The same options, all of which may be left out: who asks for help need not give them. */
    OptionSet noneRequired() {
        OptionSet relaxed = new OptionSet();
        for (Option option : all()) {
            Option optional = (Option) option.clone();
            optional.setRequired(false);
            relaxed.options.addOption(optional);
        }
        return relaxed;
    }

    /** {@code --help}, and {@code -h} for short. */
    OptionSet help() {
        return add(Option.builder("h").longOpt("help").desc("this text"));
    }

    public OptionSet flag(String name, String meaning) {
        return add(Option.builder().longOpt(name).desc(meaning));
    }

    public OptionSet value(String name, String placeholder, String meaning) {
        return add(one(name, placeholder, meaning));
    }

    public OptionSet required(String name, String placeholder, String meaning) {
        return add(one(name, placeholder, meaning).required());
    }

    public OptionSet values(String name, String placeholder, String meaning) {
        return add(many(name, placeholder, meaning));
    }

    public OptionSet requiredValues(String name, String placeholder, String meaning) {
        return add(many(name, placeholder, meaning).required());
    }

    private static Option.Builder one(String name, String placeholder, String meaning) {
        return Option.builder().longOpt(name).hasArg().argName(placeholder).desc(meaning);
    }

    private static Option.Builder many(String name, String placeholder, String meaning) {
        return Option.builder().longOpt(name).hasArgs().argName(placeholder).desc(meaning);
    }

    private OptionSet add(Option.Builder option) {
        options.addOption(option.get());
        return this;
    }

    Options forParser() {
        return options;
    }

    /** In the order in which they were added. */
    Collection<Option> all() {
        return options.getOptions();
    }

    /** The names as they are typed. */
    List<String> names() {
        return all().stream().map(option -> "--" + option.getLongOpt()).toList();
    }
}
