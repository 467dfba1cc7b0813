using System.Globalization;

namespace Atlas.Postgres;

/// <summary>Chooses the identity under which the server runs, and gives it its files.</summary>
internal static class ServerIdentityChooser
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="PrivatePostgresException">Root cannot run a server here.</exception>
    public static async Task<ServerIdentity> ChooseAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return ServerIdentity.Caller;
        }

        if (await CanAsync(ServerIdentity.Namespace, "true", [], cancellationToken).ConfigureAwait(false))
        {
            return ServerIdentity.Namespace;
        }

        return await ChooseAccountAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new PrivatePostgresException(
                "PostgreSQL refuses to run as root, and neither user namespaces (unshare) nor another account (setpriv or runuser as "
                + "postgres or nobody) can be used here. Run Atlas as another user, or set ATLAS_DATABASE_URL to a server you have.");
    }

    /// <summary>Returns an account to use if user namespaces are not permitted; null if there is none.</summary>
    internal static async Task<ServerIdentity?> ChooseAccountAsync(CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "postgres", "nobody" })
        {
            if (FindAccount(name) is not var (userId, groupId))
            {
                continue;
            }

            foreach (var withSetpriv in new[] { true, false })
            {
                var account = ServerIdentity.Account(name, userId, groupId, withSetpriv);
                if (await CanAsync(account, "true", [], cancellationToken).ConfigureAwait(false))
                {
                    return account;
                }
            }
        }

        return null;
    }

    /// <summary>Makes the identity the owner of the files, and makes sure that it can reach them.</summary>
    /// <exception cref="PrivatePostgresException">A parent directory cannot be entered by the identity.</exception>
    public static async Task HandOverAsync(ServerIdentity identity, ClusterFiles files, CancellationToken cancellationToken)
    {
        if (identity.OwnerId is null)
        {
            return;
        }

        string[] paths = [.. new[] { files.Data, files.NewData, files.LogDirectory }.Where(Directory.Exists)];
        var answer = await ProcessRunner.RunAsync("chown", ["-R", identity.OwnerId, .. paths], TimeSpan.FromMinutes(2), cancellationToken)
            .ConfigureAwait(false);
        if (answer.ExitCode != 0)
        {
            throw new PrivatePostgresException($"{files.Root} could not be handed to {identity.Name}: {answer.Output}");
        }

        if (identity != ServerIdentity.Namespace)
        {
            files.LetOthersPass();
        }

        if (!await CanAsync(identity, "test", ["-x", files.LogDirectory], cancellationToken).ConfigureAwait(false))
        {
            throw new PrivatePostgresException(
                $"{files.Root} cannot be entered by {identity.Name}, as whom PostgreSQL has to run because it refuses to run as root. "
                + "Permit others to pass through the directories above it (chmod o+x), choose another directory, or run Atlas as another user.");
        }
    }

    private static async Task<bool> CanAsync(
        ServerIdentity identity, string program, string[] arguments, CancellationToken cancellationToken) =>
        (await identity.RunAsync(program, arguments, Patience, cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    private static (int UserId, int GroupId)? FindAccount(string name)
    {
        const string Accounts = "/etc/passwd";
        var fields = File.Exists(Accounts)
            ? File.ReadLines(Accounts).Select(line => line.Split(':')).FirstOrDefault(parts => parts[0] == name && parts.Length > 3)
            : null;
        return fields is null
            ? null
            : (int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
    }
}
