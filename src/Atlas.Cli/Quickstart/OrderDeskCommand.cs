using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;

namespace Atlas.Cli.Quickstart;

/// <summary><c>atlas order-desk</c></summary>
internal sealed class OrderDeskCommand : AtlasCommand
{
    private const int MostPort = 65535;
    private const int UsualPort = 5085;

    private readonly Option<int?> _port = CommonOptions.Number("--port", "Port on the loopback address; 0 for a free port.", 0, MostPort, UsualPort);

    private readonly Option<int?> _lesson = CommonOptions.Number(
        "--sessions-per-lesson", "Number of sessions before the scripted synthesizer teaches the next lesson.", 1, 100, 1);

    private readonly Option<bool> _stdio = new("--stdio") { Description = "Serve only the tools, on standard input and output, to the program that starts this command." };

    private readonly Option<string?> _write = CommonOptions.Text(
        "--write-config", "FILE", "The file to write the configuration of an agent at this desk to.", "the name of a file");

    public OrderDeskCommand(CommandContext context)
        : base(context, "order-desk", "Serve the practice desk: five tools over MCP, and scripted models with OpenAI's protocol.")
    {
        Add(_port);
        Add(_lesson);
        Add(_stdio);
        Add(_write);
        Examples = ["atlas order-desk --write-config desk.yaml", "atlas order-desk --port 5090", "atlas order-desk --stdio"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(_stdio))
        {
            await DeskStdio.RunAsync(cancellation);
            return ExitCode.Ok;
        }

        await using var desk = await StartAsync(arguments, cancellation);
        if (arguments.GetValue(_write) is { } file)
        {
            await File.WriteAllTextAsync(file, new DeskConfiguration { Desk = desk.Address }.ToYaml(), cancellation);
        }

        Context.Terminal.Data($"models  {new Uri(desk.Address, "v1")}");
        Context.Terminal.Data($"tools   {new Uri(desk.Address, "mcp")}");
        Context.Terminal.Say($"The models accept any key: set {DeskConfiguration.KeyVariable} to any text. Press Ctrl+C to stop.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Context.Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Cancellation is the normal way to end this command.
        }

        return ExitCode.Ok;
    }

    private async Task<DeskServer> StartAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var port = arguments.GetRequiredValue(_port)!.Value;
        try
        {
            return await DeskServer.StartAsync(
                new DeskOptions { Port = port, SessionsPerLesson = arguments.GetRequiredValue(_lesson)!.Value }, cancellation);
        }
        catch (IOException taken)
        {
            throw new CommandFailedException(
                ExitCode.CannotStart, $"Port {port} is in use by another program. Stop that program, or choose another port with --port.", taken);
        }
    }
}
