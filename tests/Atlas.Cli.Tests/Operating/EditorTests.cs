using Atlas.Cli.Playbooks.Exchange;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

public sealed class EditorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-editors-").FullName;

    [Fact]
    public void The_one_that_is_named_is_taken_whatever_is_installed() =>
        Assert.Equal("emacs -nw", Editor.Choose("emacs -nw", Installed("vi"), isAtTerminal: false));

    [Fact]
    public void Else_the_first_of_the_usual_ones_that_is_installed()
    {
        var path = "/no/such/folder" + Path.PathSeparator + Installed("vi");

        Assert.Equal("vi", Editor.Choose(null, path, isAtTerminal: true));
        Installed("nano");
        Assert.Equal("nano", Editor.Choose(null, path, isAtTerminal: true));
    }

    [Fact]
    public void Without_any_it_says_what_to_set()
    {
        var refused = Assert.Throws<CommandFailedException>(() => Editor.Choose(null, _folder, isAtTerminal: true));

        Assert.Equal(ExitCode.CannotStart, refused.Code);
        Assert.Contains("VISUAL and EDITOR are not set", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_none_is_opened_that_would_wait_for_ever()
    {
        var refused = Assert.Throws<CommandFailedException>(() => Editor.Choose(null, Installed("vi"), isAtTerminal: false));

        Assert.Contains("atlas playbook export", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Installed(string editor)
    {
        File.WriteAllText(Path.Combine(_folder, editor), "");
        return _folder;
    }
}
