using Atlas.Cli.Invocation;
using Atlas.Contracts;
using Atlas.Identity;

namespace Atlas.Cli.Database;

/// <summary>Finds the cluster's secret if this user has access to it: in the variables that silos read, or else in the workspace.</summary>
internal sealed class ClusterSecretAccess(CommandContext context)
{
    /// <summary>Returns the secret; null if none is known here.</summary>
    /// <exception cref="CommandFailedException">The configured text is not a valid secret.</exception>
    public ClusterSecret? Find()
    {
        var caller = context.Caller;
        try
        {
            return caller switch
            {
                { Secret: { } secret } => ClusterSecret.Of(secret, caller.SecondSecret),
                { SecretFile: { } file } => ClusterSecret.Read(file),
                _ => new DatabaseHost(context).Find()?.SecretFile is { } file ? ClusterSecret.Read(file) : null,
            };
        }
        catch (AtlasRefusedException wrong)
        {
            throw new CommandFailedException(ExitCode.Usage, wrong.Message, wrong);
        }
    }

    /// <summary>Returns the credential of this command: the caller's, or else one made with the secret; null if there is neither.</summary>
    public string? Credential() => context.Caller.Credential ?? Find()?.Issue(
        AtlasRole.Owner, AtlasCredential.IsName(context.Caller.User) ? context.Caller.User : "local").Reveal();
}
