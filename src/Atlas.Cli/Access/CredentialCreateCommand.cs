using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Identity;

namespace Atlas.Cli.Access;

/// <summary><c>atlas credential create NAME</c></summary>
internal sealed class CredentialCreateCommand : AtlasCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the client. It becomes the author of the reviews and playbook changes made with this credential." };
    private readonly Option<string> _role = new("--role")
    {
        Description = "What the client can do: runtime runs sessions, reviewer also reviews them, operator also changes playbooks, admin does everything. Default: runtime.",
        DefaultValueFactory = _ => AtlasRole.Runtime,
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public CredentialCreateCommand(CommandContext context)
        : base(context, "create", "Create a credential for a client of the cluster, from the cluster's secret.")
    {
        _role.AcceptOnlyFromAmong([.. AtlasRole.Given]);
        _name.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !AtlasCredential.IsName(result.Tokens[0].Value))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a valid name for a credential. Use 1 to 64 letters, digits, '.', '_', '@' and '-'.");
            }
        });
        Add(_name);
        Add(_role);
        Add(_json);
        Examples = ["atlas credential create support-bot", "atlas credential create ada --role reviewer"];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var secret = new ClusterSecretAccess(Context).Find() ?? throw new CommandFailedException(
            ExitCode.NotFound,
            "There is no cluster secret here. `atlas up` creates the secret of a private cluster. For another cluster, set Atlas__Secret or Atlas__SecretFile as its silos do.");
        var credential = secret.Issue(arguments.GetRequiredValue(_role), arguments.GetRequiredValue(_name));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new CredentialReport(credential.Name, credential.Role, credential.Reveal()));
            return Task.FromResult(ExitCode.Ok);
        }

        Context.Terminal.Say($"This is the credential of the {credential}. Give it to a client in {AtlasCredential.Variable} or AtlasClientOptions.Credential.");
        Context.Terminal.Data(credential.Reveal());
        return Task.FromResult(ExitCode.Ok);
    }

    private sealed record CredentialReport(string Name, string Role, string Credential);
}
