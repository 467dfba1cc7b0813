using System.Collections.Immutable;
using System.Text;
using Atlas.Domain;
using Atlas.Learning.Injection;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Injection;

/// <summary>CsCheck prints the seed of a failing case; the variable <c>CsCheck_Seed</c> replays it.</summary>
public sealed class PromptInjectionTests
{
    private const string Block = ">>> Student Playbook >>>\nLook up first.\n>>> End Student Playbook >>>";

    private static readonly Gen<ImmutableArray<string>> Stable = Gen.String[0, 40].Array[0, 4].Select(blocks => blocks.ToImmutableArray());

    [Fact]
    public void As_prefix_the_playbook_stands_before_the_prompt_with_a_blank_line_between()
    {
        var prompt = PromptInjection.Compose("You help.", Block, InjectionMode.Prefix);
        Assert.Equal(Block + "\n\nYou help.", prompt.Text);
        Assert.Equal(0, prompt.PlaybookIndex);
        Assert.Null(prompt.Breakpoint);
    }

    [Fact]
    public void As_suffix_the_prompt_stays_first_and_is_the_breakpoint()
    {
        var prompt = PromptInjection.Compose("  You help.\n", Block, InjectionMode.Suffix);
        Assert.Equal(["  You help.\n", Block], prompt.Blocks);
        Assert.Equal(0, prompt.Breakpoint);
        Assert.Equal("  You help.\n", prompt.StablePrefix);
    }

    [Theory]
    [InlineData(InjectionMode.Prefix)]
    [InlineData(InjectionMode.Suffix)]
    public void Without_a_playbook_the_prompt_is_untouched(InjectionMode mode)
    {
        Assert.Equal("You help.", PromptInjection.Compose("You help.", null, mode).Text);
        Assert.Null(PromptInjection.Compose("You help.", "", mode).PlaybookIndex);
    }

    [Fact]
    public void Without_a_prompt_the_playbook_stands_alone_and_nothing_is_stable()
    {
        var prompt = PromptInjection.Compose("", Block, InjectionMode.Suffix);
        Assert.Equal(Block, prompt.Text);
        Assert.Null(prompt.Breakpoint);
    }

    [Fact]
    public void Changing_only_the_playbook_of_a_suffix_leaves_every_byte_up_to_the_breakpoint() =>
        Gen.Select(Stable, Gen.String[0, 60], Gen.String[0, 60]).Sample((stable, first, second) =>
        {
            var one = PromptInjection.Compose(stable, first, InjectionMode.Suffix);
            var other = PromptInjection.Compose(stable, second, InjectionMode.Suffix);
            var prefix = Encoding.UTF8.GetBytes(one.StablePrefix);
            return one.Breakpoint == other.Breakpoint
                && (one.PlaybookIndex is not { } place || place > (one.Breakpoint ?? -1))
                && Encoding.UTF8.GetBytes(other.Text).AsSpan().StartsWith(prefix)
                && Encoding.UTF8.GetBytes(one.Text).AsSpan().StartsWith(prefix);
        });

    [Fact]
    public void The_same_playbook_gives_the_same_bytes_again() =>
        Gen.Select(Stable, Gen.String[0, 60], Gen.Bool).Sample((stable, playbook, suffix) =>
        {
            var mode = suffix ? InjectionMode.Suffix : InjectionMode.Prefix;
            var first = PromptInjection.Compose(stable, playbook, mode);
            var again = PromptInjection.Compose([.. stable.Select(text => new string(text.AsSpan()))], new string(playbook.AsSpan()), mode);
            return first.Equals(again) && Encoding.UTF8.GetBytes(first.Text).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(again.Text));
        });

    [Fact]
    public void No_block_of_the_application_is_changed_or_moved() =>
        Gen.Select(Stable, Gen.String[1, 60], Gen.Bool).Sample((stable, playbook, suffix) =>
        {
            var prompt = PromptInjection.Compose(stable, playbook, suffix ? InjectionMode.Suffix : InjectionMode.Prefix);
            return prompt.Blocks.RemoveAt(prompt.PlaybookIndex!.Value).SequenceEqual(stable.Where(text => text.Length > 0));
        });
}
