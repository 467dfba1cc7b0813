using Atlas.Cli.Invocation;
using Atlas.Cli.Tests.Harness;
using Atlas.Cli.Tests.Invocation;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>Every command that is about a key, a session or a run, asked about one that is not there.</summary>
[Collection(SharedSilo.Name)]
public sealed class UnknownThingsTests(RunningWorkspace running)
{
    public static TheoryData<string> Commands =>
    [
        .. InProcess.Commands()
            .Where(command => command.Command is AtlasCommand
                && command.Command.Arguments.Any(argument => argument.Name is "KEY" or "ID")
                && !command.Command.Arguments.Any(argument => argument.Name is "FILE"))
            .Select(command => string.Join(' ', command.Path)),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task It_is_said_not_to_be_there_and_json_stays_json(string command)
    {
        var line = WholeTreeTests.LineOf(command);

        var plain = await InProcess.RunAsync(running.Workspace.Home, line);
        var json = await InProcess.RunAsync(running.Workspace.Home, [.. line, "--json"]);

        plain.Expect(ExitCode.NotFound);
        Assert.Matches("(?i)no (learning key|session|discovery run)", plain.Error);
        json.Expect(ExitCode.NotFound).Json();
    }
}
