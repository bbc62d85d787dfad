using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Sluice.Core;
using Sluice.Core.Scheduling.Store;
using Sluice.State.Sql;

namespace Sluice.State;

/// <summary>A run store in a SQL database. Safe for several threads; each look or change has a session to itself.</summary>
public abstract class SqlRunStore : IRunStore
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private readonly Lock _writer = new();
    private readonly ConcurrentBag<SqlSession> _idle = [];
    private readonly ManualResetEventSlim _closed = new();

    private protected SqlRunStore(TimeProvider clock) => (Clock, Signal) = (clock, new(clock));

    private protected TimeProvider Clock { get; }

    private protected ChangeSignal Signal { get; }

    /// <summary>How long a database that has gone is waited for before a look or a change begins.</summary>
    private protected virtual TimeSpan Patience => TimeSpan.Zero;

    // Each gives the counters, and then the time of the database's clock, if it is not this machine's.
    private protected abstract string BeginRead { get; }

    private protected abstract string BeginWrite { get; }

    // With the parameters token and change.
    private protected abstract string Commit { get; }

    /// <inheritdoc/>
    /// <exception cref="PipelineException">The database fails.</exception>
    public T Read<T>(Func<IRunReader, T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return Within(BeginRead, look);
    }

    /// <inheritdoc/>
    /// <exception cref="PipelineException">The database fails.</exception>
    public T Write<T>(Func<IRunTransaction, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (_writer.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("The run store is being written by this very call.");
        }

        // Those of one process wait here, where it costs nothing.
        lock (_writer)
        {
            return Within(BeginWrite, change);
        }
    }

    /// <inheritdoc/>
    public abstract Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        _closed.Set();
        Forget();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract DbConnection Connect();

    /// <summary>Asked before each look and change.</summary>
    /// <exception cref="StoreGoneException">The store that was opened is no longer the one of its name.</exception>
    private protected virtual void ThrowIfGone() { }

    /// <summary>What a failure means for the user.</summary>
    private protected abstract PipelineException FaultOf(Exception failure);

    // A connection that broke unseen says nothing but that it is not open.
    private static bool IsOfDatabase(Exception failure, SqlSession? session) =>
        failure is DbException
        || (failure is InvalidOperationException && session is { Connection.State: not ConnectionState.Open });

    private T Within<T>(string begin, Func<SqlTransaction, T> work)
    {
        var (session, transaction) = Begin(begin);
        try
        {
            var result = work(transaction);
            End(session, transaction);
            Keep(session);
            return result;
        }
        catch (Exception failure) when (IsOfDatabase(failure, session))
        {
            Abandon(session);
            throw FaultOf(failure);
        }
        catch
        {
            Abandon(session);
            throw;
        }
    }

    // Nothing has been looked at yet: it may be tried as often as one likes.
    private (SqlSession Session, SqlTransaction Transaction) Begin(string begin)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var delay = FirstDelay; ; delay *= 2)
        {
            ObjectDisposedException.ThrowIf(_closed.IsSet, this);
            ThrowIfGone();
            SqlSession? session = null;
            try
            {
                session = Take() ?? new(Connect());
                return (session, Begin(session, begin));
            }
            catch (Exception failure) when (IsOfDatabase(failure, session))
            {
                session?.Dispose();
                Forget();
                var fault = FaultOf(failure);
                if (!fault.IsTransient || TimeProvider.System.GetElapsedTime(started) + delay > Patience)
                {
                    throw fault;
                }

                _closed.Wait(delay);
            }
        }
    }

    private SqlTransaction Begin(SqlSession session, string begin)
    {
        using var rows = session.Statement(begin).Query();
        rows.Read();
        var (token, change) = (rows.GetInt64(0), rows.GetInt64(1));
        var now = rows.NextResult() && rows.Read() ? Instants.FromColumn(rows.GetInt64(0)) : Clock.GetUtcNow();
        return new(session, token, change, now);
    }

    private void End(SqlSession session, SqlTransaction transaction)
    {
        if (transaction.HasCounted)
        {
            session.Statement(Commit).With("token", transaction.Token).With("change", transaction.Change).Execute();
            Signal.Raise(transaction.Change);
        }
        else
        {
            session.Statement("commit").Execute();
        }
    }

    private SqlSession? Take()
    {
        while (_idle.TryTake(out var session))
        {
            if (session.Connection.State == ConnectionState.Open)
            {
                return session;
            }

            session.Dispose();
        }

        return null;
    }

    private void Keep(SqlSession session)
    {
        _idle.Add(session);
        if (_closed.IsSet)
        {
            Forget();
        }
    }

    private void Abandon(SqlSession session)
    {
        try
        {
            session.Run("rollback");
            Keep(session);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            // The database does it when the connection ends.
            session.Dispose();
        }
    }

    private void Forget()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
