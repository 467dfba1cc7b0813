using Atlas.Configuration.Checking;
using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Output;

/// <summary>Masks passwords and keys in sources before anything is written or stored.</summary>
internal static class Redaction
{
    public static ProjectFindings Apply(ProjectFindings findings) => findings with
    {
        Targets = [.. findings.Targets.Select(target => target with { Instructions = Mask(target.Instructions), Reason = Mask(target.Reason)! })],
        ChatClients = [.. findings.ChatClients.Select(client => client with
        {
            Model = Mask(client.Model),
            Address = Mask(client.Address),

            // Someone may have written a key where its variable's name belongs; it must not be repeated.
            ApiKeyVariable = client.ApiKeyVariable is { } variable && Secrets.MaskText(variable) == variable ? variable : null,
        })],
        Tools = [.. findings.Tools.Select(tool => tool with { Description = Mask(tool.Description) })],
        Prompts = [.. findings.Prompts.Select(prompt => prompt with { Text = Mask(prompt.Text)! })],
        McpServers = [.. findings.McpServers.Select(server => server with
        {
            Name = Mask(server.Name)!,
            Arguments = [.. server.Arguments.Select((argument, index) =>
                index > 0 && server.Arguments[index - 1].StartsWith("--", StringComparison.Ordinal) && Secrets.IsSecretName(server.Arguments[index - 1])
                    ? Secrets.Mask
                    : MaskAssignment(argument))],
            Address = Mask(server.Address),
        })],
        Endpoints = [.. findings.Endpoints.Select(endpoint => endpoint with { Address = Mask(endpoint.Address) })],
    };

    public static string? Mask(string? text) => text is null ? null : Secrets.MaskText(text);

    // --api-key=…, TOKEN=…
    private static string MaskAssignment(string argument) =>
        argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && Secrets.IsSecretName(argument[..at])
            ? $"{argument[..at]}={Secrets.Mask}"
            : Secrets.MaskText(argument);
}
