using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Import;
using Atlas.Import.Alfworld;

namespace Atlas.Cli.Import;

/// <summary><c>atlas import alfworld DIR</c></summary>
internal sealed class AlfworldCommand : ImportCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "A folder of recorded ALFWorld trials (one JSON file each)." };

    public AlfworldCommand(CommandContext context)
        : base(context, "alfworld", "Import recorded ALFWorld trials: household tasks with the agent's reflections.")
    {
        Arguments.Insert(0, _folder);
        Examples = ["atlas import alfworld trials/ --key alfworld/reflexion --approve"];
    }

    protected override string SourceOf(ParseResult arguments) => SourcePath.Folder(arguments.GetRequiredValue(_folder));

    protected override IAsyncEnumerable<RunOrError> Read(string source, CancellationToken cancellation) =>
        AlfworldReader.Read(source).ToAsyncEnumerable();
}
