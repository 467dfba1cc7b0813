using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Learning.Playbooks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Atlas.Http.Mcp;

/// <summary>Resources <c>atlas://{key}@{version}</c>, and a prompt for each learning key.</summary>
internal sealed class McpReading(McpCalls calls, Backend backend, KeyDesk keys)
{
    private const string Scheme = "atlas://";
    private const int PageSize = 100;

    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                UriTemplate = "atlas://{key}@{version}",
                Name = "playbook",
                Title = "Version of a playbook",
                Description = "The text of a version of a playbook. The learning key is percent-encoded; the version is a number or 'current'.",
                MimeType = "text/markdown",
            },
        ],
    };

    public Task<ListResourcesResult> ResourcesAsync(string? cursor) => calls.RunAsync(Scopes.Read, async caller =>
    {
        var (page, next) = await KeysAsync(caller, cursor).ConfigureAwait(false);
        return new ListResourcesResult
        {
            Resources = [.. page.Select(key => new Resource
            {
                Uri = $"{Scheme}{Uri.EscapeDataString(key.Name)}@current",
                Name = key.Name,
                Description = $"The current playbook of {key.Name}. The newest version is {key.Version}.",
                MimeType = "text/markdown",
            })],
            NextCursor = next,
        };
    });

    public Task<ReadResourceResult> ReadAsync(string uri) => calls.RunAsync(Scopes.Read, async caller =>
    {
        var at = uri.LastIndexOf('@');
        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || at < Scheme.Length)
        {
            throw new McpException($"'{Parameters.Short(uri)}' is not a resource. Use atlas://KEY@VERSION, with the key percent-encoded.");
        }

        var key = Uri.UnescapeDataString(uri[Scheme.Length..at]);
        return new ReadResourceResult
        {
            Contents = [new TextResourceContents { Uri = uri, MimeType = "text/markdown", Text = await TextAsync(caller, key, uri[(at + 1)..]).ConfigureAwait(false) }],
        };
    });

    public Task<ListPromptsResult> PromptsAsync(string? cursor) => calls.RunAsync(Scopes.Read, async caller =>
    {
        var (page, next) = await KeysAsync(caller, cursor).ConfigureAwait(false);
        return new ListPromptsResult
        {
            Prompts = [.. page.Select(key => new Prompt
            {
                Name = key.Name,
                Title = key.Name,
                Description = $"The current playbook of {key.Name}, followed by your task.",
                Arguments = [new PromptArgument { Name = "task", Description = "The task to do with the playbook.", Required = false }],
            })],
            NextCursor = next,
        };
    });

    public Task<GetPromptResult> PromptAsync(string name, JsonElement? given) => calls.RunAsync(Scopes.Read, async caller =>
    {
        var task = given switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            { ValueKind: JsonValueKind.String } text => SafeJson.Text(text),
            _ => throw new McpException("The argument 'task' must be a text."),
        };
        var playbook = PlaybookBytes.Of(await backend.ResolveAsync(caller.Store(name)).ConfigureAwait(false), caller).Shown;
        var block = playbook is { ApplyToPrompts: true, Student: { } student } ? student.Block : $"Nothing has been learned for {name} yet.";
        return new GetPromptResult
        {
            Description = FormattableString.Invariant($"{name}, version {playbook.Version}"),
            Messages = [new PromptMessage { Role = ModelContextProtocol.Protocol.Role.User, Content = new TextContentBlock { Text = task is null ? block : $"{block}\n\n{task}" } }],
        };
    });

    private async Task<string> TextAsync(Caller caller, string key, string version)
    {
        var stored = caller.Store(key);
        if (version is "current")
        {
            var current = PlaybookBytes.Of(await backend.ResolveAsync(stored).ConfigureAwait(false), caller).Shown;
            return current.ApplyToPrompts ? current.Student?.Text ?? "" : "";
        }

        return int.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (await keys.PlaybookAsync(stored, number, caller, calls.Request.RequestAborted).ConfigureAwait(false)).StudentText
            : throw new McpException($"'{Parameters.Short(version)}' is not a version. Give its number, or 'current'.");
    }

    private async Task<(IReadOnlyList<(string Name, int Version)> Page, string? Next)> KeysAsync(Caller caller, string? cursor)
    {
        var found = await backend.Playbooks.ListKeysAsync(
            Cursor.Text(cursor), PageSize + 1, caller.StoredPrefix, caller.HiddenPrefix, calls.Request.RequestAborted).ConfigureAwait(false);
        return (
            [.. found.Take(PageSize).Select(key => (caller.Show(key.LearningKey), key.Version))],
            found.Length > PageSize ? Cursor.Of(found[PageSize - 1].LearningKey) : null);
    }
}
