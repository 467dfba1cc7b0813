using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Cli.Config;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Up;
using Atlas.Configuration.Orchestration;
using Atlas.Domain.Json;

namespace Atlas.Cli.Run;

/// <summary>The command line of <c>atlas run</c>.</summary>
internal sealed class RunArguments
{
    private const int MostPort = 65535;
    private const int Day = 86400;

    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "The agent's configuration. Default: ATLAS_CONFIG.", "the name of a file");

    private readonly Option<string?> _task = CommonOptions.Text("--task", "TEXT", "The task.", "the task");

    private readonly Option<string?> _taskFile = CommonOptions.Text(
        "--task-file", "FILE", "A file with the task; - for standard input.", "the name of a file");

    private readonly Option<string?> _key = CommonOptions.Text(
        "--key", "KEY", "The learning key. Default: derived from agent, task and metadata.", "a learning key such as support/refunds");

    private readonly Option<string?> _metadata = CommonOptions.Text(
        "--metadata", "JSON", "A JSON object to store with the session, for example with tenant_id, tags or incident_id.", "a JSON object");

    private readonly Option<string?> _mode = new Option<string?>("--mode")
    {
        Description = "How much the teacher takes part in this session. Default: as configured.",
    }.OneOf("auto", "paired", "coach");

    private readonly Option<int?> _timeout = CommonOptions.Number(
        "--timeout", "Seconds after which the session is closed as failed. Default: no limit.", 1, Day, null);

    private readonly Option<int?> _wait = CommonOptions.Number(
        "--wait", "Seconds to wait for the reward after the session ends, and again for what is learned from it.", 0, Day, 60);

    private readonly Option<bool> _stream = new("--stream") { Description = "Print every step as it happens, even if the output is not a terminal." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but the answer." };

    private readonly Option<bool> _json = CommonOptions.Json();

    private readonly Option<bool> _jsonLines = new("--json-lines")
    {
        Description = "Write one line of JSON per event, and one for the result, to standard output.",
    };

    private readonly Option<int?> _http = CommonOptions.Number("--http-port", "HTTP port of the silo that is started for this run. Default: a free port.", 1, MostPort, null);
    private readonly Option<int?> _silo = CommonOptions.Number("--silo-port", "Port of that silo for other silos. Default: a free port.", 1, MostPort, null);
    private readonly Option<int?> _gateway = CommonOptions.Number("--gateway-port", "Port of that silo for clients. Default: a free port.", 1, MostPort, null);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _config, _task, _taskFile, _key, _metadata, _mode, _timeout, _wait, _stream, _quiet, _json, _jsonLines, _http, _silo, _gateway })
        {
            command.Add(option);
        }

        _key.Validators.Add(PlaybookArgument.Check);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_task) is null == result.GetResult(_taskFile) is null)
            {
                result.AddError("Give the task with --task, or a file with the task with --task-file.");
            }

            if (new Option[] { _quiet, _json, _jsonLines }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("Give only one of --quiet, --json and --json-lines.");
            }
        });
    }

    /// <exception cref="CommandFailedException">No file is named.</exception>
    public string Configuration(ParseResult arguments, CallerSettings caller) => arguments.GetValue(_config) ?? caller.ConfigurationFile
        ?? throw new CommandFailedException(
            ExitCode.Usage, $"No configuration was given. Name an agent's configuration file with --config, or set {CallerSettings.ConfigurationVariable}.");

    /// <summary>Returns the ports of a silo that is started; null for free ports.</summary>
    public SiloPorts? Ports(ParseResult arguments)
    {
        var (http, silo, gateway) = (arguments.GetValue(_http), arguments.GetValue(_silo), arguments.GetValue(_gateway));
        if (http is null && silo is null && gateway is null)
        {
            return null;
        }

        var free = Cluster.FreeSiloPorts.Find();
        return new SiloPorts(http ?? free.Http, silo ?? free.Silo, gateway ?? free.Gateway);
    }

    /// <exception cref="CommandFailedException">The metadata is not a JSON object, or there is no task.</exception>
    public async Task<RunSettings> ReadAsync(ParseResult arguments, CancellationToken cancellation) => new()
    {
        Task = await TaskAsync(arguments, cancellation),
        LearningKey = arguments.GetValue(_key)?.Trim(),
        Metadata = Metadata(arguments.GetValue(_metadata)),
        Mode = arguments.GetValue(_mode) is { } mode ? Enum.Parse<SupervisionMode>(mode, ignoreCase: true) : null,
        Timeout = arguments.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Patience = TimeSpan.FromSeconds(arguments.GetValue(_wait) ?? 60),
        View = arguments.GetValue(_json) ? RunView.Json
            : arguments.GetValue(_jsonLines) ? RunView.JsonLines
            : arguments.GetValue(_quiet) ? RunView.Quiet
            : RunView.Text,
        Stream = arguments.GetValue(_stream),
    };

    private async Task<string> TaskAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(_task) is { } given)
        {
            return given.Trim();
        }

        var file = arguments.GetValue(_taskFile)!;
        var text = file == "-"
            ? await System.Console.In.ReadToEndAsync(cancellation)
            : await File.ReadAllTextAsync(ConfigurationArguments.Existing(file), cancellation);
        return string.IsNullOrWhiteSpace(text)
            ? throw new CommandFailedException(ExitCode.Usage, $"{(file == "-" ? "Standard input" : file)} is empty. It must contain the task.")
            : text.Trim();
    }

    /// <exception cref="CommandFailedException">The text is not a JSON object.</exception>
    internal static JsonObject Metadata(string? written)
    {
        JsonObject? metadata;
        try
        {
            metadata = written is null ? [] : JsonNode.Parse(StorableText.Json(written), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            metadata = null;
        }

        if (metadata is null)
        {
            throw new CommandFailedException(
                ExitCode.Usage, """--metadata is not a JSON object in which each name occurs once. Write, for example, '{"tenant_id": "acme", "tags": ["billing"]}'.""");
        }

        metadata.TryAdd("source", "atlas run");
        return metadata;
    }
}
