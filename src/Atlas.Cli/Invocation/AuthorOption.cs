using System.CommandLine;

namespace Atlas.Cli.Invocation;

/// <summary>Who does something that is written down: <c>--by</c>, else the user at the terminal.</summary>
internal sealed class AuthorOption
{
    private readonly Option<string?> _by = CommonOptions.Text(
        "--by", "NAME", "Who does this. Default: the current user.", "the name of a person or a program");

    public void AddTo(Command command) => command.Add(_by);

    /// <summary>Who it is where nothing is said.</summary>
    public static string Usual(CallerSettings caller) => string.IsNullOrWhiteSpace(caller.User) ? "atlas up" : caller.User;

    /// <exception cref="CommandFailedException">No one is named, and the system knows no user's name either.</exception>
    public string Read(ParseResult arguments, CallerSettings caller)
    {
        var author = arguments.GetValue(_by)?.Trim() ?? caller.User;
        return string.IsNullOrWhiteSpace(author)
            ? throw new CommandFailedException(
                ExitCode.Usage, "Nobody is named as the author: give the name of a person or a program with --by.")
            : author;
    }
}
