using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Completion;

/// <summary><c>atlas completion SHELL</c></summary>
internal sealed class CompletionCommand : AtlasCommand
{
    private readonly Argument<string> _shell = new Argument<string>("SHELL") { Description = "The shell: bash, zsh, fish or pwsh." }
        .OneOf("bash", "zsh", "fish", "pwsh");

    public CompletionCommand(CommandContext context)
        : base(context, "completion", "Print the script that completes atlas commands in a shell.")
    {
        Add(_shell);
        Add(new SuggestCommand(context));
        Examples =
        [
            "atlas completion bash",
            "atlas completion zsh",
            "atlas completion fish",
            "atlas completion pwsh",
        ];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        Context.Terminal.DataWriter.Write(CompletionScripts.For(arguments.GetRequiredValue(_shell)));
        return Task.FromResult(ExitCode.Ok);
    }
}
