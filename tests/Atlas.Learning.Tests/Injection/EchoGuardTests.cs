using Atlas.Learning.Injection;
using Xunit;
using Atlas.Testing.Playbooks;

namespace Atlas.Learning.Tests.Injection;

public sealed class EchoGuardTests
{
    [Theory]
    [InlineData("student")]
    [InlineData("teacher")]
    public void What_was_rendered_is_recognised_and_removed(string role)
    {
        var block = RenderedText.Of(role, "Look up first.\n>>> then answer", 1000, DateTimeOffset.UnixEpoch, 4)!.Block;
        Assert.True(EchoGuard.HasBlock($"I was told:\n{block}"));
        Assert.Equal("Before.\n\n\nAfter.", EchoGuard.Remove($"Before.\n{block}\nAfter."));
    }

    [Fact]
    public void A_block_that_was_cut_off_is_removed_to_the_end() =>
        Assert.Equal("So: \n", EchoGuard.Remove("So: >>> Student Playbook >>>\nLook up fir"));

    [Theory]
    [InlineData("a >>> b")]
    [InlineData("The student playbook says hello.")]
    public void Other_text_stays(string text)
    {
        Assert.False(EchoGuard.HasBlock(text));
        Assert.Equal(text, EchoGuard.Remove(text));
    }

    [Fact]
    public void No_text_is_no_block()
    {
        Assert.False(EchoGuard.HasBlock(null));
        Assert.Equal("", EchoGuard.Remove(null));
    }
}
